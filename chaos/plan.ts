/** A plan of so many matters of one unit of the sample city, all of which can be handed over. */
export const planOf = (cases: number, unit: string): string =>
  [
    '栖澜市贯彻落实省生态环境保护督察反馈意见整改方案',
    '发布日期:2026-06-18',
    '二、整改任务',
    ...Array.from({ length: cases }, (_, index) =>
      [
        `${index + 1}.第${index + 1}号排口雨天有污水溢流进入栖水河。`,
        `责任单位:${unit}`,
        `责任人:${unit}主要负责人`,
        '牵头验收单位:市水务局',
        '配合验收单位:市生态环境局',
        '包案领导:沈知远',
        '整改目标:雨天无污水直排栖水河。',
        '整改措施:改造混接管网,封堵混接排口。',
        '整改时限:2099年9月底',
      ].join('\n'),
    ),
  ].join('\n\n')

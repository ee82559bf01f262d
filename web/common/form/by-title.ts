/** Long lists are searched by what is read, not by what is sent. */
export const BY_TITLE = { optionFilterProp: 'label' } as const

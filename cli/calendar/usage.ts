import type { CommanderError } from 'commander'

const quoted = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? ''

/** Commander's complaint about a command line in one Chinese sentence; undefined when it only showed help. */
export const complaintAbout = ({ code, message }: CommanderError): string | undefined => {
  switch (code) {
    case 'commander.helpDisplayed':
    case 'commander.help':
    case 'commander.version':
      return undefined
    case 'commander.unknownOption':
      return `没有 ${quoted(message)} 这个选项;加 --help 可看用法。`
    case 'commander.unknownCommand':
      return `没有 ${quoted(message)} 这个命令;加 --help 可看用法。`
    case 'commander.optionMissingArgument':
      return `${quoted(message)} 后面缺少内容。`
    case 'commander.missingArgument':
      return `缺少 ${quoted(message)}。`
    case 'commander.excessArguments':
      return '参数多了;加 --help 可看用法。'
    default:
      return '命令写法有误;加 --help 可看用法。'
  }
}

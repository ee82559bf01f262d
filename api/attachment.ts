/** A `content-disposition` with the file's name as RFC 5987 wants it. */
export const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

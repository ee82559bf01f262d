const KILO = 1_024
const MEGA = 1_048_576

/** `2.4 MB`, `310 KB`. */
export const sizeInWords = (bytes: number): string =>
  bytes < MEGA ? `${Math.max(1, Math.round(bytes / KILO))} KB` : `${(bytes / MEGA).toFixed(1)} MB`

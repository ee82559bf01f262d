import { describe, expect, it } from 'vitest'
import { migrations } from '../../db/migrations.js'

describe('the migrations', () => {
  it('are numbered from 1 without a gap, and no two bear the same number', async () => {
    const numbers = (await migrations()).map(({ number }) => number)
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })
})

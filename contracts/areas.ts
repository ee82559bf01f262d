import { z } from 'zod'
import { AREA_TIER_TITLES, type AreaTier } from '../domain/parties.js'
import { date, personId, short, unit } from './fields.js'

const tier = z.enum(Object.keys(AREA_TIER_TITLES) as [AreaTier, ...AreaTier[]])

export const areaBody = z
  .strictObject({
    name: short.meta({ example: '章丘区' }),
    level: z.enum(['county', 'town']).default('county'),
    parent: short.exactOptional().meta({ description: '乡镇、街办所属的县区' }),
    party: unit.exactOptional().meta({ description: '党委的名称,不写即“章丘区党委”' }),
    government: unit.exactOptional().meta({ description: '政府的名称,不写即“章丘区政府”' }),
  })
  .meta({ id: 'AreaToSave' })

export const areaLeaderBody = z
  .strictObject({ tier, person: personId, from: date.exactOptional() })
  .meta({ id: 'AreaLeaderToAttach' })

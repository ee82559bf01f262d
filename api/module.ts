import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core'
import { CommandsController } from './cases/commands.controller.js'
import { OpeningsController } from './cases/openings.controller.js'
import { CaseReadsController } from './cases/reads.controller.js'
import { CaseRulesController } from './cases/rules.controller.js'
import { WhyController } from './cases/why.controller.js'
import { CodecController } from './codec/codec.controller.js'
import { ConsoleController } from './console/console.controller.js'
import { DossierController } from './dossier/dossier.controller.js'
import { AppraisalsController } from './figures/appraisals.controller.js'
import { AuditsController } from './figures/audits.controller.js'
import { FiguresController } from './figures/figures.controller.js'
import { HealthController } from './health/health.controller.js'
import { SignedIn } from './identity/guard.js'
import { ReconciliationController } from './ledger/reconciliation.controller.js'
import { MeController } from './me/me.controller.js'
import { MyNextController } from './me/next.controller.js'
import { UnsentController } from './notices/unsent.controller.js'
import { OrdersController } from './orders/orders.controller.js'
import { PapersController } from './papers/papers.controller.js'
import { UnwrittenController } from './papers/unwritten.controller.js'
import type { Parts } from './parts.js'
import { PetitionsController } from './petitions/petitions.controller.js'
import { PublicPetitionsController } from './petitions/public.controller.js'
import { ProblemFilter } from './problems/filter.js'
import { problemOfIssues } from './problems/problem.js'
import { PublicController } from './public/public.controller.js'
import { AreasController } from './register/areas.controller.js'
import { RegisterController } from './register/register.controller.js'
import { FeedController } from './rounds/feed.controller.js'
import { PoliciesController } from './rounds/policies.controller.js'
import { RoundsController } from './rounds/rounds.controller.js'
import { RulesController } from './rounds/rules.controller.js'
import type { RouteTable } from './routes.js'
import { SessionController } from './session/session.controller.js'
import { SignInController } from './session/sign-in.controller.js'
import { StreamController } from './stream/stream.controller.js'
import {
  BROWSERS,
  CLOCKS,
  DATABASE,
  DESK,
  OPENER,
  PEOPLE,
  RELYING_PARTY,
  SETTINGS,
  STREAMS,
  TEMPORAL,
  THROTTLE,
  VERIFIER,
} from './tokens.js'
import { WallChartController } from './wall-chart/wall-chart.controller.js'

/** Everything is made outside (`parts.ts`), by one owner; the framework only hands it out. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: the framework wants a class
export class ApiModule {
  static of(parts: Parts, routes: RouteTable): DynamicModule {
    const {
      settings,
      db,
      verifier,
      browsers,
      relyingParty,
      throttle,
      streams,
      people,
      clocks,
      desk,
      opener,
      calls,
      log,
    } = parts
    return {
      module: ApiModule,
      controllers: [
        ConsoleController,
        SessionController,
        SignInController,
        StreamController,
        CaseReadsController,
        CommandsController,
        CaseRulesController,
        OpeningsController,
        WhyController,
        DossierController,
        CodecController,
        WallChartController,
        PetitionsController,
        PublicPetitionsController,
        FeedController,
        RoundsController,
        RulesController,
        PoliciesController,
        OrdersController,
        UnsentController,
        UnwrittenController,
        ReconciliationController,
        AuditsController,
        AppraisalsController,
        FiguresController,
        AreasController,
        RegisterController,
        MeController,
        MyNextController,
        PapersController,
        PublicController,
        HealthController,
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: DATABASE, useValue: db },
        { provide: VERIFIER, useValue: verifier },
        { provide: BROWSERS, useValue: browsers },
        { provide: RELYING_PARTY, useValue: relyingParty },
        { provide: STREAMS, useValue: streams },
        { provide: THROTTLE, useValue: throttle },
        { provide: PEOPLE, useValue: people },
        { provide: CLOCKS, useValue: clocks },
        { provide: DESK, useValue: desk },
        { provide: OPENER, useValue: opener },
        { provide: TEMPORAL, useValue: calls },
        { provide: APP_GUARD, useClass: SignedIn },
        { provide: APP_FILTER, useValue: new ProblemFilter(log, routes) },
        {
          provide: APP_PIPE,
          useValue: new StandardSchemaValidationPipe({ exceptionFactory: problemOfIssues }),
        },
      ],
    }
  }
}

import { Controller, Get, Redirect } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import { Open } from './identity/guard.js'

/** Until there is a console, the interface's document is the first page. */
@Controller()
@ApiExcludeController()
export class HomeController {
  @Get()
  @Open()
  @Redirect('/docs', 302)
  home(): void {}
}

import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { WebReply } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { bandWords } from '../../words/figures';

const helpPage = (view: string, title: string, model: object = {}): Page => ({ view: `pages/help/${view}.njk`, title, section: 'help', model });

/** Pages that explain; they show no record. */
@ApiExcludeController()
@Controller()
export class HelpController {
  constructor(private readonly pages: Pages) {}

  @Get('help')
  help(@Res() reply: WebReply): void {
    this.pages.show(reply, helpPage('help', 'Help'));
  }

  @Get('help/counting-rules')
  countingRules(@Res() reply: WebReply): void {
    this.pages.show(reply, helpPage('counting-rules', 'Counting rules', { bands: bandWords }));
  }

  @Get('accessibility')
  accessibility(@Res() reply: WebReply): void {
    this.pages.show(reply, helpPage('accessibility', 'Accessibility statement'));
  }
}

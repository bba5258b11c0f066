// The limit of the HTTP rows: Nest on Fastify that checks a body with class-validator and appends it to the same log, durably, and does nothing else:
// nobody signs in, nothing is decided, sealed or looked up. `node bare.mjs FOLDER`, asked like the server of the tests.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Body, Controller, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsArray, IsOptional, IsString, MaxLength } from 'class-validator';
import { openEmbeddedEventStore } from '../../../dist/libs/platform/event-store/index.js';

const store = await openEmbeddedEventStore({ file: path.join(process.argv[2], 'log.db') });
const append = (stream, type, body) => store.append(stream, [{ id: randomUUID(), type, data: Buffer.from(JSON.stringify(body)), metadata: Buffer.from(JSON.stringify({ v: 1, at: Date.now() })) }], 'any');
const decorated = (target, name, decorators, ...parameters) => {
  Reflect.decorate(decorators, target.prototype, name, Object.getOwnPropertyDescriptor(target.prototype, name));
  Reflect.defineMetadata('design:paramtypes', parameters, target.prototype, name);
};

class Opening {}
for (const field of ['kind', 'area', 'team', 'title', 'summary']) for (const rule of [IsString(), MaxLength(4_000)]) rule(Opening.prototype, field);
for (const field of ['themes', 'crimes']) IsArray()(Opening.prototype, field);

class Review {}
for (const field of ['review', 'supervisor', 'findings']) for (const rule of [IsOptional(), IsString(), MaxLength(4_000)]) rule(Review.prototype, field);

class Cases {
  async open(body) {
    const id = randomUUID();
    await append(`investigation-${id}`, 'InvestigationOpened', body);
    return { id };
  }

  async review(id, body) {
    await append(`investigation-${id}`, 'SupervisorReviewRecorded', body);
    return { id };
  }
}
decorated(Cases, 'open', [Post()], Opening);
Body()(Cases.prototype, 'open', 0);
decorated(Cases, 'review', [Post(':id/reviews')], String, Review);
Param('id')(Cases.prototype, 'review', 0);
Body()(Cases.prototype, 'review', 1);
Controller('api/v1/investigations')(Cases);

class Bare {}
Module({ controllers: [Cases] })(Bare);

const app = await NestFactory.create(Bare, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
await app.listen(0, '127.0.0.1');

let [used, largest] = [process.cpuUsage(), 0];
process.on('message', async (message) => {
  if (message === 'mark') [used, largest] = [process.cpuUsage(), process.memoryUsage.rss()];
  if (message === 'used') {
    const { user, system } = process.cpuUsage(used);
    process.send({ cpuSeconds: (user + system) / 1e6, largestRss: Math.max(largest, process.memoryUsage.rss()) });
  }
  if (message === 'stop') await app.close().then(() => store.close()).then(() => process.disconnect());
});
process.send({ url: await app.getUrl(), token: '' });

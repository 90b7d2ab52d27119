import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Method } from './call.js';
import { type Route, RouteTable } from './route-table.js';

function route(name: string, method: Method, path: string): Route {
  return { name, method, path, answer: () => ({ status: 200 }) };
}

const table = new RouteTable([
  route('list', 'GET', '/uom/Type'),
  route('create', 'PUT', '/uom/Type'),
  route('read', 'GET', '/uom/Type/{id}'),
  route('search', 'GET', '/uom/Type/search/{condition}'),
  route('child', 'GET', '/uom/Type/{id}/Child/{childId}'),
]);

function name(method: string, path: string): string | readonly Method[] | undefined {
  const match = table.match(method, path);
  if (match === undefined) return undefined;
  return 'route' in match ? match.route.name : match.allowed;
}

test('literal segments win over placeholders', () => {
  assert.equal(name('GET', '/uom/Type/ABC'), 'read');
  assert.equal(name('GET', "/uom/Type/search/(Name=='x')"), 'search');
});

test('placeholders are decoded', () => {
  const match = table.match('GET', '/uom/Type/search/%28Name%3D%3D%27a%20b%27%29');
  assert.ok(match !== undefined && 'route' in match);
  assert.deepEqual(match.parameters, { condition: "(Name=='a b')" });
  const child = table.match('GET', '/uom/Type/1/Child/2');
  assert.ok(child !== undefined && 'route' in child);
  assert.deepEqual(child.parameters, { id: '1', childId: '2' });
});

test('a known path with another method names the allowed ones; an unknown path nothing', () => {
  assert.deepEqual(name('DELETE', '/uom/Type'), ['GET', 'PUT']);
  assert.equal(name('GET', '/uom/Other'), undefined);
  assert.equal(name('GET', '/uom/Type/1/Child'), undefined);
});

test('contradictions are found when the table is made', () => {
  assert.throws(
    () => new RouteTable([route('a', 'GET', '/x'), route('a', 'PUT', '/x')]),
    /two routes are named a/,
  );
  assert.throws(
    () => new RouteTable([route('a', 'GET', '/x'), route('b', 'GET', '/x')]),
    /two routes answer/,
  );
  assert.throws(
    () => new RouteTable([route('a', 'GET', '/x/{id}'), route('b', 'GET', '/x/{uuid}/y')]),
    /\{uuid\}/,
  );
});

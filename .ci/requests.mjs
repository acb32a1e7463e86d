// Sends requests that nobody would write, made from the contract by fast-check, to a program of its own: each must be
// answered, by no 5xx, and refusals by a problem document whose type the API lists. One line an operation; exits with 1
// when any fails. Arguments: a temporary folder with the libraries, the packaged program, the contract.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { answers, end, freePort, startDirectory, until } from './program.mjs'

const [folder, jar, file] = process.argv.slice(2)
const RUNS = 80
const SEED = 113 // the same requests every time; a failure prints how to repeat it
const adminKey = 'admin-key-of-the-generated-requests'
const contract = parse(await readFile(file, 'utf8'))
const port = await freePort()
const origin = `http://127.0.0.1:${port}`
const counts = {}
let failures = 0

const resolved = node =>
  node?.$ref ? resolved(node.$ref.slice(2).split('/').reduce((at, name) => at[name], contract)) : node

// Texts that programs stumble over, beside any text at all.
const awkward = ['', ' ', '0', '-1', '999999999999999999999', '1e309', 'NaN', 'null', 'é', 'ﬁ', '\u0000', '\u202e', '٣', '😀',
  "' or 1=1 --", '{{7*7}}', '<script>alert(1)</script>', '../../etc/passwd', '%00', '2026-02-30', '0000-00-00', 'a'.repeat(5000)]
const text = fc.oneof(fc.constantFrom(...awkward), fc.string(), fc.string({ unit: 'binary', maxLength: 60 }))
const json = fc.oneof(text, fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, -1, 1e308, 1.5, true, null, [], {}, [[]], [null], [{}]))

// What a parameter is meant to take, where the contract says so.
const meant = schema => [...(schema?.enum ?? []), ...(schema?.examples ?? []), schema?.example, schema?.default]
  .concat(schema?.items ? meant(resolved(schema.items)) : []).filter(each => each !== undefined).map(String)

// Things that are there, by the path that they are found under: else all would end at a 404.
const there = {}

function value(parameter, path) {
  const list = path?.split('/{' + parameter.name + '}')[0]
  const known = [...(there[list] ?? []), ...meant(resolved(parameter.schema)), parameter.example, ...Object.values(parameter.examples ?? {}).map(each => resolved(each).value)]
    .filter(each => each !== undefined).map(String)
  return known.length ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: text }) : text
}

// Places of a document, so that one of them can be replaced.
const places = (node, path = []) => [path, ...(node !== null && typeof node === 'object'
  ? Object.entries(node).flatMap(([name, inner]) => places(inner, [...path, name])) : [])]

function replaced(node, [name, ...rest], by) {
  if (name === undefined) return by
  const copy = Array.isArray(node) ? [...node] : { ...node }
  copy[name] = replaced(node[name], rest, by)
  return copy
}

function body(media) {
  const example = Object.values(media.examples ?? {}).map(each => resolved(each).value)[0]
  const whole = fc.oneof(json, fc.object({ maxDepth: 3 })).map(each => JSON.stringify(each))
  const broken = fc.constantFrom('', '{', '[1,', '{"a":1,"a":2}', '\ufeff{}', '"', '[' .repeat(3000), '{"a":' + '9'.repeat(5000) + '}')
  if (example === undefined) return fc.oneof(whole, broken)
  const mutated = fc.tuple(fc.constantFrom(...places(example)), json).map(([place, by]) => JSON.stringify(replaced(example, place, by)))
  const added = fc.tuple(text, json).map(([name, by]) => JSON.stringify({ ...example, [name]: by }))
  return fc.oneof({ weight: 6, arbitrary: mutated }, { weight: 1, arbitrary: added }, { weight: 1, arbitrary: whole },
    { weight: 1, arbitrary: broken }, { weight: 1, arbitrary: fc.constant(JSON.stringify(example)) })
}

// A few of many: each may be wrong, and of many one would always be.
const some = (all, most) => fc.subarray(Object.keys(all), { maxLength: Math.min(most, Object.keys(all).length) })
  .chain(names => fc.record(Object.fromEntries(names.map(name => [name, all[name]]))))

const isHeader = each => /^[\x20-\x7e]*$/.test(each)

function request(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolved)
  const of = place => parameters.filter(each => each.in === place)
  const media = Object.entries(resolved(operation.requestBody)?.content ?? {})
  return fc.record({
    path: fc.record(Object.fromEntries(of('path').map(each => [each.name, value(each, path)]))),
    query: some(Object.fromEntries(of('query').map(each => [each.name, value(each)])), 3),
    stray: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(text, text) }),
    headers: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some(Object.fromEntries(
      [...of('header').map(each => [each.name, value(each).filter(isHeader)]), ['Range', text.filter(isHeader)]]), 1) }),
    body: media.length ? fc.oneof(...media.map(([type, each]) => fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constant(type) },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/json; charset=x', 'a/b', 'multipart/form-data') }), body(resolved(each))))) : fc.constant(null),
    asAdmin: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  }).map(({ path: names, query, stray, headers, body, asAdmin }) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(names[name].toWellFormed()) || '%20')
    const search = new URLSearchParams(Object.entries(query).map(([name, each]) => [name, each.toWellFormed()]))
    if (stray) search.append(stray[0].toWellFormed(), stray[1].toWellFormed())
    return {
      method,
      url: filled.replaceAll(/\/(\.{1,2})(?=\/|$)/g, '/%2E') + (search.size ? '?' + search : ''),
      headers: { ...(['PUT', 'PATCH', 'DELETE'].includes(method) ? { 'If-Match': '*' } : {}), ...headers,
        ...(body ? { 'Content-Type': body[0] } : {}), ...(asAdmin ? { 'X-API-Key': adminKey } : {}) },
      body: body ? body[1].toWellFormed() : undefined,
    }
  })
}

async function answered({ method, url, headers, body }) {
  const answer = await fetch(origin + url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(30_000) })
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body.cancel() // it never ends
    return
  }
  const told = await answer.text()
  counts[answer.status] = (counts[answer.status] ?? 0) + 1
  // Of 503 only what was asked for: a revision that is still to come.
  assert.ok(answer.status < 500 || told.includes('"/problems/revision-not-visible"'), `${answer.status} ${told.slice(0, 500)}`)
  if (answer.status >= 400 && told) {
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    const problem = JSON.parse(told)
    assert.ok(types.has(problem.type), problem.type)
    assert.equal(problem.status, answer.status)
  }
}

async function made(path, body) {
  const answer = await fetch(origin + path, { method: 'POST', body: JSON.stringify(body),
    headers: { 'X-API-Key': adminKey, 'Content-Type': 'application/json' } })
  assert.equal(answer.status, 201, path)
  return (await answer.json()).id
}

async function findThings() {
  for (const list of ['/v1/companies', '/v1/territories', '/v1/sectors', '/v1/factories']) {
    const { data } = await (await fetch(origin + list)).json()
    there[list] = data.slice(0, 12).map(each => each.slug)
  }
  const partners = await Promise.all([1, 2, 3].map(each => made('/v1/partners', { name: `Fictif ${each}` })))
  const keys = await Promise.all(partners.map(each => made(`/v1/partners/${each}/keys`, { label: 'fictive' })))
  there['/v1/partners'] = partners
  there['/v1/partners/{id}/keys'] = keys
}

const program = startDirectory(jar, port, {
  DIRECTORY_DATA_DIR: join(folder, 'requests-data'),
  DIRECTORY_ADMIN_KEY: adminKey,
  DIRECTORY_LIMITS_REQUESTS_PER_MINUTE: '1000000',
  DIRECTORY_LIMITS_ADMIN_REQUESTS_PER_MINUTE: '1000000',
})
let types
try {
  await answers(program, `${origin}/q/health/ready`)
  // The team's index is built when it is first asked for, and until then its lists are 503.
  await until(program, "the team's index", async () =>
    (await fetch(`${origin}/v1/companies?limit=1`, { headers: { 'X-API-Key': adminKey } })).ok)
  types = new Set((await (await fetch(`${origin}/problems`)).json()).data.map(each => each.type))
  await findThings()
  for (const [path, operations] of Object.entries(contract.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'].filter(each => operations[each])) {
      const what = `${method.toUpperCase()} ${path}`
      try {
        await fc.assert(fc.asyncProperty(request(path, method.toUpperCase(), operations[method]), answered), { numRuns: RUNS, seed: SEED })
        console.log(`ok      ${what}`)
      } catch (failure) {
        failures++
        console.log(`FAILED  ${what}: ${failure.message}\n${failure.cause ?? ''}`)
      }
    }
  }
  const sent = Object.values(counts).reduce((all, each) => all + each, 0)
  console.log(`${sent} requests; by status ${JSON.stringify(counts)}`)
  assert.ok(counts[200] > 100 && counts[422] > 100 && counts[400] > 100, 'requests that reach too little')
  assert.ok(await fetch(`${origin}/v1/companies`).then(answer => answer.ok), 'the program answers no longer')
} catch (failure) {
  failures++
  console.log(`FAILED  ${failure.stack ?? failure}`)
} finally {
  await end(program)
}
const logged = program.output.split('\n').filter(line => / (ERROR|FATAL) /.test(line))
if (logged.length) {
  failures++
  console.log(`FAILED  errors in the log:\n${logged.slice(0, 5).join('\n')}`)
}
process.exitCode = failures === 0 ? 0 : 1

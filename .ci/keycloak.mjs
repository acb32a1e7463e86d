// Gets tokens of each role from a Keycloak and uses them. One line a check; exits with 1 when any fails.
// Arguments: the unpacked Keycloak, the packaged program.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { answers, end, freePort, start, startDirectory } from './program.mjs'

const [keycloak, jar] = process.argv.slice(2).map(each => resolve(each))
const run = promisify(execFile)
const adminKey = 'admin-key-of-the-keycloak-checks'
const password = 'fictional-password'
const keycloakPort = await freePort()
const provider = `http://127.0.0.1:${keycloakPort}`
const issuer = `${provider}/realms/digital113`
const running = []

function kept(program) {
  running.push(program)
  return program
}

let failures = 0

async function check(what, body) {
  try {
    await body()
    console.log(`ok      ${what}`)
  } catch (failure) {
    failures++
    console.log(`FAILED  ${what}: ${failure.stack ?? failure}`)
  }
}

const port = await freePort()
const origin = `http://127.0.0.1:${port}`
const startWithKeycloak = () =>
  kept(startDirectory(jar, port, {
    DIRECTORY_DATA_DIR: join(keycloak, 'directory-data'),
    DIRECTORY_ADMIN_KEY: adminKey,
    DIRECTORY_OIDC_ISSUER: issuer,
    DIRECTORY_OIDC_AUDIENCE: 'directory',
    DIRECTORY_OIDC_ROLES_CLAIM: 'realm_access/roles',
    DIRECTORY_OIDC_COMPANY_CLAIM: 'company',
  }))

async function ask(path, headers = {}, method = 'GET', body) {
  const answer = await fetch(origin + path, {
    method,
    headers: { 'Accept-Language': 'en', ...(body ? { 'Content-Type': 'application/merge-patch+json' } : {}), ...headers },
    body,
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text && JSON.parse(text) }
}
const bearer = token => ({ Authorization: `Bearer ${token}` })

async function token(user, client = 'editors', realm = issuer) {
  const answer = await fetch(`${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: client, username: user, password }),
  })
  const body = await answer.json()
  assert.equal(answer.status, 200, JSON.stringify(body))
  return body.access_token
}

const roles = ['admin', 'team', 'member', 'factory-lead', 'statistician', 'partner']

/** The realm that docs/guides/member.md has people try, with clients that ask in other ways. */
async function realm(company) {
  const text = await readFile('docs/guides/keycloak-realm.json', 'utf8')
  const example = JSON.parse(text.replaceAll('$COMPANY', company).replaceAll('$LEAD', company))
  const editors = example.clients.find(each => each.clientId === 'editors')
  const audience = editors.protocolMappers.filter(each => each.name === 'audience')
  const client = (clientId, protocolMappers, attributes = {}) => ({ ...editors, clientId, protocolMappers, attributes })
  example.clients.push(client('shop', []), client('hasty', audience, { 'access.token.lifespan': '1' }))
  return example
}

const kcadm = (...args) =>
  run(join(keycloak, 'bin', 'kcadm.sh'), [...args, '--config', join(keycloak, 'kcadm.config')])

async function checks() {
  const server = kept(start(join(keycloak, 'bin', 'kc.sh'), ['start-dev', '--http-host=127.0.0.1', `--http-port=${keycloakPort}`, '--cache=local'], {
    KC_BOOTSTRAP_ADMIN_USERNAME: 'bootstrap',
    KC_BOOTSTRAP_ADMIN_PASSWORD: password,
  }))
  let directory = startWithKeycloak()
  await answers(directory, `${origin}/q/health/ready`)
  const { data: companies } = (await ask('/v1/companies?limit=2')).body
  await answers(server, `${provider}/realms/master`)
  await kcadm('config', 'credentials', '--server', provider, '--realm', 'master', '--user', 'bootstrap', '--password', password)
  await writeFile(join(keycloak, 'realm.json'), JSON.stringify(await realm(companies[0].id)))
  await kcadm('create', 'realms', '-f', join(keycloak, 'realm.json'))

  const hasty = await token('team', 'hasty')
  const issuedAt = Date.now()
  // The program asked in vain before the realm was there, and asks again after ten seconds.
  const tokens = Object.fromEntries(await Promise.all([...roles, 'nobody'].map(async each => [each, await token(each)])))
  for (let i = 0; i < 60 && (await ask('/v1/imports', bearer(tokens.team))).status === 503; i++) {
    await sleep(500)
  }

  for (const role of [...roles, 'nobody']) {
    const team = role === 'team' || role === 'admin' ? 200 : 403
    const admin = role === 'admin' ? 200 : 403
    await check(`${role}: public reads 200, imports ${team}, partners ${admin}`, async () => {
      assert.equal((await ask('/v1/companies?limit=1', bearer(tokens[role]))).status, 200)
      assert.equal((await ask('/v1/imports', bearer(tokens[role]))).status, team)
      assert.equal((await ask('/v1/partners', bearer(tokens[role]))).status, admin)
    })
  }
  // Without If-Match an editor who may edit is told that it is missing (428).
  await check('member: own company yes, another 403', async () => {
    const edit = company => ask(`/v1/companies/${company.slug}`, bearer(tokens.member), 'PATCH', '{}')
    assert.equal((await edit(companies[0])).status, 428)
    assert.equal((await edit(companies[1])).status, 403)
  })

  const refused = async (sent, detail) => {
    for (const path of ['/v1/imports', '/v1/companies?limit=1']) {
      const answer = await ask(path, bearer(sent))
      assert.equal(answer.status, 401)
      assert.match(answer.headers.get('www-authenticate'), /Bearer error="invalid_token"/)
      assert.match(answer.body.detail, detail)
    }
  }
  const segment = value => Buffer.from(JSON.stringify(value)).toString('base64url')
  const [, claims] = tokens.admin.split('.')
  await check('a token for another service is a 401', async () => refused(await token('team', 'shop'), /not made for this service/))
  await check('a token of another realm is a 401', async () => {
    const answer = await fetch(`${provider}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'bootstrap', password }),
    })
    await refused((await answer.json()).access_token, /not valid|another identity provider/)
  })
  await check('an unsigned token is a 401', () => refused(`${segment({ alg: 'none' })}.${claims}.`, /not valid/))
  await check('a key and a token together are a 400', async () =>
    assert.equal((await ask('/v1', { ...bearer(tokens.team), 'X-API-Key': adminKey })).status, 400))

  const realmId = JSON.parse((await kcadm('get', 'realms/digital113', '--fields', 'id')).stdout).id
  await kcadm('create', 'components', '-r', 'digital113', '-s', 'name=rotated', '-s', 'providerId=rsa-generated',
    '-s', 'providerType=org.keycloak.keys.KeyProvider', '-s', `parentId=${realmId}`, '-s', 'config.priority=["200"]')
  await check('a token of the rotated realm key is taken, at the latest when keys may be asked for again', async () => {
    const rotated = await token('team')
    const kid = each => JSON.parse(Buffer.from(each.split('.')[0], 'base64url')).kid
    assert.notEqual(kid(rotated), kid(tokens.team))
    let status
    for (let i = 0; i < 60 && status !== 200; i++, await sleep(500)) {
      status = (await ask('/v1/imports', bearer(rotated))).status
    }
    assert.equal(status, 200)
    assert.equal((await ask('/v1/imports', bearer(tokens.team))).status, 200)
  })

  await sleep(Math.max(0, issuedAt + 33_000 - Date.now()))
  await check('an expired token is a 401', () => refused(hasty, /expired/))

  const last = await token('team')
  await end(server)
  await check('keys, public reads and known tokens go on without the provider', async () => {
    assert.equal((await ask('/v1/imports', { 'X-API-Key': adminKey })).status, 200)
    assert.equal((await ask('/v1/companies?limit=1')).status, 200)
    assert.equal((await ask('/v1/imports', bearer(last))).status, 200)
  })
  await end(directory)
  directory = startWithKeycloak()
  await answers(directory, `${origin}/q/health/ready`)
  await check('after a start without the provider tokens are a 503, keys and public reads go on', async () => {
    const answer = await ask('/v1/imports', bearer(last))
    assert.equal(answer.status, 503)
    assert.equal(answer.body.type, '/problems/identity-provider-unavailable')
    assert.ok(Number(answer.headers.get('retry-after')) > 0)
    assert.equal((await ask('/v1/imports', { 'X-API-Key': adminKey })).status, 200)
    assert.equal((await ask('/v1/companies?limit=1')).status, 200)
  })
  await check('nothing that was logged holds a token, a name or an address', () => {
    for (const secret of [last, hasty, adminKey, 'Camille', '@example.org']) {
      assert.ok(!directory.output.includes(secret))
    }
  })
}

try {
  await checks()
} catch (failure) {
  failures++
  console.log(`FAILED  ${failure.stack ?? failure}`)
} finally {
  await Promise.all(running.map(end))
  await rm(join(keycloak, 'directory-data'), { recursive: true, force: true })
}
process.exit(failures === 0 ? 0 : 1)

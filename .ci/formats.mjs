// Asks a program of its own for every format of the companies, and of figures about them, and reads the answers with the libraries of others.
// One line a check; exits with 1 when any fails.
// Arguments: a temporary folder with the libraries, the packaged program.
import { check as checkGeoJson } from '@placemarkio/check-geojson'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import jsonld from 'jsonld'
import { parse as parseHtml } from 'parse5'
import readExcelFile from 'read-excel-file/universal'
import { checkCubes } from './cubes.mjs'
import { answers, end, freePort, startDirectory, until } from './program.mjs'

const [folder, jar] = process.argv.slice(2)
const adminKey = 'admin-key-of-the-format-checks'

// Fictional, and as awkward as names can be: digits like a SIREN, formulas, markup, quotes, separators.
const awkward = [
  ['digits', '012345678', 'Société fictive'],
  ['formula', '=1+2', 'Société fictive ; -- --> < 3 ]]> & "citée", avec des virgules'],
  ['within', 'Fictif;=1+2', 'Société, fictive;"@SUM(1)"'],
  ['coded', '_x0041_fictif', 'Société fictive'],
  ['signed', '@Kiosque-fictif', '-Société fictive'],
  ['markup', 'A < 7 & C > 3', 'Fin --> fictive < 3 \\ ]]> ’ "'],
  ['apostrophe', "'Tis fictional", "'=Société fictive"],
]

let failures = 0

async function check(what, body) {
  try {
    const told = await body()
    console.log(`ok      ${what}${told ? ': ' + told : ''}`)
  } catch (failure) {
    failures++
    console.log(`FAILED  ${what}: ${failure.stack ?? failure}`)
    failure.issues?.slice(0, 5).forEach(issue => console.log(`        ${issue.message}`))
  }
}

const port = await freePort()
const origin = `http://127.0.0.1:${port}`

async function get(path, accept) {
  const answer = await fetch(origin + path, { headers: accept ? { Accept: accept } : {} })
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(answer.status, 200, `${path}: ${answer.status} ${bytes.subarray(0, 500)}`)
  return { bytes, text: bytes.toString('utf8'), type: answer.headers.get('content-type'), headers: answer.headers }
}

const json = async path => JSON.parse((await get(path)).text)

async function importAwkwardCompanies() {
  const quoted = text => `"${text.replaceAll('"', '""')}"`
  const rows = awkward.map(([slug, name, legalName]) =>
    ['awkward-' + slug, name, legalName, legalName, '09122', '09000', 'iot', '2020-01-01'].map(quoted).join(','))
  const form = new FormData()
  form.set('kind', 'members')
  const header = 'slug,name,legalName,descriptionFr,commune,postalCode,sectors,joinedOn'
  form.set('file', new Blob([[header, ...rows].join('\n')]), 'awkward.csv')
  const headers = { 'X-API-Key': adminKey }
  const answer = await fetch(`${origin}/v1/imports`, { method: 'POST', headers, body: form })
  assert.equal(answer.status, 202, await answer.clone().text())
  const { id } = await answer.json()
  const job = await until(program, 'the import', async () => {
    const asked = await (await fetch(`${origin}/v1/imports/${id}`, { headers })).json()
    return ['done', 'failed'].includes(asked.status) ? asked : null
  })
  assert.deepEqual([job.status, job.rows.created], ['done', awkward.length], JSON.stringify(job))
}

/** All companies, as the JSON pages show them. */
async function pages(path) {
  const companies = []
  for (let next = path; next !== null; ) {
    const page = await json(next)
    companies.push(...page.data)
    assert.ok(page.page.next === null || page.data.length > 0, `${next} is empty and not the last`)
    next = page.page.next
    if (next === null) assert.equal(companies.length, page.page.total)
  }
  return companies
}

// Tables

const plainTexts = 'id slug name legalName siren siret description website email phone address postalCode'.split(' ')

/** Texts compare without apostrophes: one goes before what a spreadsheet would run, and nothing else may change. */
const bare = text => (text ?? '').replaceAll("'", '')

/** Cells that some spreadsheet makes of a file, at whatever it splits, minus the quotes and blanks around. */
const anyCells = text => text.split(/[,;\t\r\n]/).map(cell => cell.replace(/^[\s"]+/, ''))

function checkTable([header, ...rows], companies) {
  assert.equal(new Set(header).size, header.length, 'columns have names of their own')
  for (const column of plainTexts) {
    const at = header.indexOf(column)
    assert.ok(at >= 0, `no column ${column} among ${header}`)
    assert.deepEqual(
      rows.map(row => bare(row[at])),
      companies.map(company => bare(company[column])),
      `column ${column}`)
  }
  assert.ok(rows.some(row => row[header.indexOf('postalCode')].startsWith('0')), 'no postal code starts with a zero')
  assert.equal(rows.filter(row => row[header.indexOf('name')] === '012345678').length, 1, 'a name of digits')
  return `${rows.length} rows, ${header.length} columns`
}

async function checkCsv(dialect, delimiter, companies) {
  const { bytes, type, headers } = await get(`/v1/companies?format=csv${dialect}`)
  assert.match(type, /^text\/csv\b/)
  assert.match(headers.get('content-disposition') ?? '', /filename.*\.csv/)
  assert.equal(bytes.subarray(0, 3).toString('hex') === 'efbbbf', delimiter === ';', 'byte order mark')
  const table = parseCsv(bytes, { delimiter, bom: true, relax_column_count: false })
  for (const cell of [...table.flat(), ...anyCells(bytes.toString('utf8').slice(delimiter === ';' ? 1 : 0))]) {
    assert.ok(!/^[=+@＝＋－＠\t\r\n]|^-(?![\d.]+$)/.test(cell), `a spreadsheet would run ${cell}`)
  }
  return checkTable(table, companies)
}

async function checkXlsx(companies) {
  const { bytes, type } = await get('/v1/companies?format=xlsx')
  assert.match(type, /^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\b/)
  const sheets = await readExcelFile(new Blob([bytes]), { trim: false })
  const told = checkTable(sheets[0].data, companies)
  assert.match(JSON.stringify(sheets.slice(1)), /Licence Ouverte/, 'the licence is not told')
  return told
}

async function checkNdjson(companies) {
  const { text } = await get('/v1/companies?format=ndjson')
  assert.ok(text.endsWith('\n'))
  const lines = text.slice(0, -1).split('\n')
  assert.deepEqual(
    lines.map(line => JSON.parse(line)),
    companies.map(company => ({ ...company, licence: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/' })))
  return `${lines.length} lines`
}

// GeoJSON

async function checkFeatures(path, companies) {
  const { text, type } = await get(path)
  assert.match(type, /^application\/geo\+json\b/)
  const { features } = checkGeoJson(text)
  assert.deepEqual(features.map(feature => feature.id), companies.map(company => company.id))
  features.forEach((feature, i) => checkFeature(feature, companies[i]))
  return `${features.length} features`
}

function checkFeature(feature, company) {
  const [longitude, latitude] = feature.geometry.coordinates
  // Occitanie, longitude first.
  assert.ok(longitude > -0.5 && longitude < 5 && latitude > 42 && latitude < 45.5, `${longitude}, ${latitude}`)
  assert.ok(Math.abs(longitude - company.location.lon) < 1e-6 && Math.abs(latitude - company.location.lat) < 1e-6)
  assert.equal(feature.properties.name, company.name)
}

async function pagedFeatures() {
  const ids = []
  for (let next = '/v1/companies?format=geojson&limit=150'; next; ) {
    const { text } = await get(next)
    const page = checkGeoJson(text)
    ids.push(...page.features.map(feature => feature.id))
    next = page.page.next
  }
  return ids
}

// JSON-LD

/** What the vocabulary says: its types with the properties that each may have, its own and inherited. */
async function readVocabulary() {
  const typings = await readFile(join(folder, 'node_modules/schema-dts/dist/schema.d.ts'), 'utf8')
  const interfaces = new Map()
  for (const [, name, , parents, body] of typings.matchAll(/^(?:export )?interface (\w+)( extends ([^{]+))? \{\n([^]*?)^\}/gm)) {
    interfaces.set(name, {
      parents: (parents ?? '').split(',').map(parent => parent.trim()),
      properties: [...body.matchAll(/^ {4}"(\w+)"\?:/gm)].map(([, property]) => property),
      type: /^ {4}"@type": "(\w+)"/m.exec(body)?.[1],
    })
  }
  const propertiesOf = name => {
    const found = interfaces.get(name)
    return found ? [...found.properties, ...found.parents.flatMap(propertiesOf)] : []
  }
  const types = new Map()
  for (const [name, { type }] of interfaces) {
    if (type) types.set(type, new Set(propertiesOf(name)))
  }
  assert.ok(types.get('Organization')?.has('memberOf') && types.get('GeoCoordinates')?.has('latitude'), 'the vocabulary is not read')
  return types
}

const schemaOrg = 'http://schema.org/' // what the context at https://schema.org expands to

/**
 * A context of the same terms as schema.org's, without a catch-all: a term that does not exist is dropped in expansion,
 * and safe mode refuses to drop.
 */
function contextOf(types) {
  const context = { id: '@id', type: '@type' }
  for (const [type, properties] of types) {
    for (const term of [type, ...properties]) context[term] = schemaOrg + term
  }
  return context
}

async function expand(document, types) {
  const documentLoader = async url => {
    assert.match(url, /^https?:\/\/schema\.org\/?$/, 'a context from elsewhere')
    return { contextUrl: null, documentUrl: url, document: { '@context': contextOf(types) } }
  }
  const expanded = await jsonld.expand(document, { documentLoader, safe: true, base: 'https://directory.example.org/' })
  checkNodes(expanded, types)
  return expanded
}

/** Each node has types of the vocabulary, and no property that none of them has. */
function checkNodes(value, types) {
  if (Array.isArray(value)) {
    value.forEach(each => checkNodes(each, types))
  } else if (value && typeof value === 'object' && !('@value' in value)) {
    const own = Object.keys(value).filter(key => !key.startsWith('@'))
    const named = (value['@type'] ?? []).map(type => type.slice(schemaOrg.length))
    if (own.length > 0) assert.ok(named.length > 0, `no type: ${JSON.stringify(value)}`)
    for (const type of named) assert.ok(types.has(type), `no type ${type}`)
    for (const key of own) {
      const property = key.slice(schemaOrg.length)
      assert.ok(named.some(type => types.get(type).has(property)), `${named} has no property ${property}`)
      checkNodes(value[key], types)
    }
    checkNodes(value['@graph'] ?? [], types)
  }
}

const valueOf = (node, property) => node[schemaOrg + property]?.[0]?.['@value']

function checkOrganization(node, company) {
  assert.deepEqual(node['@type'], [schemaOrg + 'Organization'])
  assert.ok(node['@id'].endsWith(company.id) || node['@id'].endsWith(company.slug), node['@id'])
  assert.equal(valueOf(node, 'name'), company.name)
  assert.equal(valueOf(node[schemaOrg + 'address'][0], 'addressLocality'), company.commune.name)
  assert.ok(node[schemaOrg + 'memberOf'], 'memberOf')
  const place = node[schemaOrg + 'location'][0]
  const own = company.location.precision === 'address'
  assert.deepEqual(place['@type'], [schemaOrg + (own ? 'Place' : 'AdministrativeArea')])
  assert.equal(valueOf(place, 'name'), own ? undefined : company.commune.name)
  const entry = node[schemaOrg + 'subjectOf'][0]
  assert.equal(valueOf(entry, 'creditText'), company.source.name)
  assert.equal(valueOf(entry, 'dateModified'), company.source.date)
  assert.equal(Number(valueOf(place[schemaOrg + 'geo'][0], 'latitude')), company.location.lat)
}

async function checkJsonLd(path, companies, types) {
  const { text, type } = await get(path)
  assert.match(type, /^application\/ld\+json\b/)
  const nodes = (await expand(JSON.parse(text), types)).flatMap(node => node['@graph'] ?? [node])
  const organizations = nodes.filter(node => node['@type'].includes(schemaOrg + 'Organization') && node['@id'])
  assert.equal(organizations.length, companies.length)
  organizations.forEach((node, i) => checkOrganization(node, companies[i]))
  return `${nodes.length} nodes`
}

/** Put into a page as it is, it must come out as it was, and let nothing else in. */
async function checkEmbedded(path) {
  const { text } = await get(path)
  const html = parseHtml(`<!doctype html><title>.</title><script type="application/ld+json">${text}</script><p id="end"></p>`)
  const [, root] = html.childNodes
  const [head, body] = root.childNodes
  assert.deepEqual(head.childNodes.map(node => node.tagName), ['title', 'script'])
  assert.deepEqual(body.childNodes.map(node => node.tagName), ['p'])
  const inside = head.childNodes[1].childNodes.map(node => node.value).join('')
  assert.deepEqual(JSON.parse(inside), JSON.parse(text))
  return `${text.length} characters`
}

const program = startDirectory(jar, port, { DIRECTORY_DATA_DIR: join(folder, 'data'), DIRECTORY_ADMIN_KEY: adminKey })
try {
  await answers(program, `${origin}/q/health/ready`)
  await importAwkwardCompanies()
  const companies = await pages('/v1/companies?limit=200')
  const near = 'near=43.6045,1.444&radius=30&sort=distance'
  const types = await readVocabulary()
  const one = companies.find(company => company.slug === 'awkward-markup')

  await check('CSV, by csv-parse', () => checkCsv('', ',', companies))
  await check('CSV for Excel, by csv-parse', () => checkCsv('&dialect=excel', ';', companies))
  await check('xlsx, by read-excel-file', () => checkXlsx(companies))
  await check('NDJSON', () => checkNdjson(companies))
  await check('GeoJSON, whole, by check-geojson', () => checkFeatures('/v1/companies?format=geojson', companies))
  await check('GeoJSON, paged', async () => {
    const ids = await pagedFeatures()
    assert.deepEqual(ids, companies.map(company => company.id))
    return `${ids.length} features`
  })
  await check('GeoJSON, near', async () => {
    const nearest = await pages(`/v1/companies?${near}&limit=200`)
    assert.ok(nearest.length > 0)
    return checkFeatures(`/v1/companies?${near}&format=geojson`, nearest)
  })
  await check('GeoJSON, one company', async () => {
    const { text, type } = await get(`/v1/companies/${one.slug}?format=geojson`)
    assert.match(type, /^application\/geo\+json\b/)
    checkFeature(checkGeoJson(text), one)
  })
  await check('JSON-LD, whole, by jsonld and schema-dts', () => checkJsonLd('/v1/companies?format=jsonld', companies, types))
  await check('JSON-LD, one company', () => checkJsonLd(`/v1/companies/${one.slug}?format=jsonld`, [one], types))
  await check('JSON-LD within HTML, whole, by parse5', () => checkEmbedded('/v1/companies?format=jsonld'))
  await check('JSON-LD within HTML, one company', () => checkEmbedded(`/v1/companies/${one.slug}?format=jsonld`))
  await checkCubes(check, get, folder, companies.length)
  await check('the vocabulary refuses what it does not have', async () => {
    const wrong = { '@context': 'https://schema.org', '@type': 'Organization', latitude: 43, nonsense: 1 }
    await assert.rejects(expand(wrong, types))
    delete wrong.nonsense
    await assert.rejects(expand(wrong, types), /has no property latitude/)
  })
} catch (failure) {
  failures++
  console.log(`FAILED  ${failure.stack ?? failure}`)
} finally {
  await end(program)
}
process.exitCode = failures === 0 ? 0 : 1

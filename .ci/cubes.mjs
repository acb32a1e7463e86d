// Reads one cube in all of its formats with the programs of others, and compares what they see.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { parse as parseCsv } from 'csv-parse/sync'
import JSONstat from 'jsonstat-toolkit'

const dimensions = ['departement', 'sizeClass']
const path = `/v1/statistics/companies?by=${dimensions}&measure=companies`
const total = '_T'

// Comma, quotes, UTF-8, everything as it is shown, every sheet a file of its own.
const csvOfEverySheet = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1'

/**
 * @param check runs a check and tells of it
 * @param get asks the program for a path
 * @param folder for files of LibreOffice
 * @param companies how many the cube counts in all
 */
export async function checkCubes(check, get, folder, companies) {
  let figures
  await check('JSON-stat, by jsonstat-toolkit', async () => {
    figures = await jsonStatFigures(get)
    checkTotals(figures, companies)
    return `${figures.length} figures`
  })
  if (!figures) return // told already
  await check('a cube as JSON rows', async () => {
    const { data } = JSON.parse((await get(path + '&format=json')).text)
    compare(data.map(row => [...dimensions.map(each => row[each]), row.companies ?? row.status.companies]), figures)
  })
  await check('a cube as CSV, by csv-parse', async () => {
    const rows = parseCsv((await get(path + '&format=csv')).bytes, { columns: true })
    assert.ok(rows.every(row => row.measure === 'companies' && row.licence === 'Licence Ouverte 2.0'))
    assert.deepEqual(new Set(rows.filter(row => row.departement === total).map(row => row.departementLabelEn)), new Set(['Total']))
    compare(rows.map(row => [...dimensions.map(each => row[each]), row.value || row.status]), figures)
  })
  await check('a cube as CSV for Excel, pivoted, by csv-parse', async () => {
    const { bytes } = await get(path + '&format=csv&layout=pivot&dialect=excel')
    const [header, ...rows] = parseCsv(bytes, { delimiter: ';', bom: true })
    const sizes = [...new Set(figures.map(([, size]) => size))]
    const first = header.length - 3 - sizes.length // asOf, sourceName and licence are the last
    compare(rows.flatMap(row => sizes.map((size, i) => [row[0], size, row[first + i]])), figures)
  })
  await check('a cube as xlsx, by LibreOffice', async () => {
    const { bytes } = await get(path + '&format=xlsx')
    const sheets = await sheetsByLibreOffice(bytes, folder)
    assert.deepEqual(Object.keys(sheets), ['companies', 'Sources'])
    const [header, ...rows] = sheets.companies
    const places = dimensions.map(each => header.indexOf(each))
    compare(rows.map(row => [...places.map(each => row[each]), row[header.length - 1]]), figures)
    assert.match(JSON.stringify(sheets.Sources), /Licence Ouverte/, 'the licence is not told')
  })
  await check('LibreOffice opens nothing that it would have to repair', async () => {
    const { bytes } = await get(path + '&format=xlsx')
    await assert.rejects(sheetsByLibreOffice(bytes.subarray(0, bytes.length / 2), folder), /no sheet/)
  })
}

/** What others read must be the same figures in the same order; numbers compare as numbers. */
function compare(rows, figures) {
  const comparable = rows.map(row => row.map((cell, i) => (i < dimensions.length ? String(cell) : figure(cell))))
  assert.deepEqual(comparable, figures)
}

const figure = cell => (/^[a-z]$/.test(cell) ? cell : Number(cell))

/** Code, code and figure of each cell, or why there is none. */
async function jsonStatFigures(get) {
  const { text, type } = await get(path + '&format=jsonstat')
  assert.match(type, /^application\/json\b/)
  assert.equal((await get(path)).text, text, 'it is what who asks for no format gets')
  const dataset = JSONstat(JSON.parse(text))
  assert.equal(dataset.class, 'dataset')
  assert.deepEqual(dataset.id, [...dimensions, 'measure'])
  assert.deepEqual([dataset.role.geo, dataset.role.metric], [['departement'], ['measure']])
  for (const each of dataset.Dimension()) {
    assert.ok(each.label && each.Category().every(category => category.label), 'everything has a label')
  }
  assert.ok(dataset.Dimension('measure').Category('companies').unit.label)
  assert.ok(dataset.source && dataset.label && dataset.extension.asOf && dataset.extension.licence)
  const cells = dataset.toTable({ type: 'arrobj', content: 'id', status: true })
  assert.equal(cells.length, dataset.n)
  return cells.map(cell => [...dimensions.map(each => cell[each]), cell.value ?? cell.status])
}

/** Companies are in one departement and of one size, so that every breakdown sums to its total. */
function checkTotals(figures, companies) {
  const of = (departement, size) => figures.filter(([d, s]) => departement(d) && size(s)).reduce((sum, [, , value]) => sum + value, 0)
  const is = code => each => each === code
  const isPart = each => each !== total
  assert.equal(of(is(total), is(total)), companies)
  for (const code of new Set(figures.map(([departement]) => departement))) {
    assert.equal(of(is(code), isPart), of(is(code), is(total)), `sizes of ${code}`)
  }
  for (const code of new Set(figures.map(([, size]) => size))) {
    assert.equal(of(isPart, is(code)), of(is(total), is(code)), `departements of ${code}`)
  }
}

/** The rows of each sheet, by its name. */
async function sheetsByLibreOffice(bytes, folder) {
  const place = await mkdtemp(join(folder, 'sheets-'))
  await writeFile(join(place, 'cube.xlsx'), bytes)
  const profile = pathToFileURL(join(folder, 'libreoffice')) // none of the one who runs this
  await promisify(execFile)(
    'soffice',
    ['--headless', `-env:UserInstallation=${profile}`, '--convert-to', csvOfEverySheet, '--outdir', place, join(place, 'cube.xlsx')],
    { timeout: 120_000 })
  const names = (await readdir(place)).map(file => /^cube-(.*)\.csv$/.exec(file)?.[1]).filter(Boolean)
  assert.ok(names.length > 0, 'LibreOffice wrote no sheet')
  const sheets = {}
  for (const name of names.sort((a, b) => (a === 'Sources') - (b === 'Sources'))) {
    sheets[name] = parseCsv(await readFile(join(place, `cube-${name}.csv`)), { relax_column_count: true })
  }
  return sheets
}

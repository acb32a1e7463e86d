// Reads calendars with ical.js, as Thunderbird and Nextcloud do, and compares when it sees everything take place with
// what the program itself says. One line a check; exits with 1 when any fails.
// Arguments, one of:
//   --samples <folder>  calendars of a test, each <name>.ics with a <name>.json of its occurrences
//   --start <jar> <folder>  the packaged program, which is started with the demonstration data in that folder
//   --program <origin>  a program that runs, such as http://127.0.0.1:8080: each of its public calendars, against its lists
import ICAL from 'ical.js'
import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { answers, end, freePort, startDirectory } from './program.mjs'

const [mode, place, folder] = process.argv.slice(2)
const from = new Date('2026-01-01T00:00:00+01:00')
const to = new Date('2029-01-01T00:00:00+01:00') // both changes of the clocks three times

let failures = 0

async function check(what, body) {
  try {
    const told = await body()
    console.log(`ok      ${what}${told ? ': ' + told : ''}`)
  } catch (failure) {
    failures++
    console.log(`FAILED  ${what}: ${failure.stack ?? failure}`)
  }
}

// Reading

/** The occurrences of which a part lies in [from, to), as the API has them. */
function read(text, from, to) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = calendar.getAllSubcomponents('vtimezone')
  assert.deepEqual(zones.map(zone => zone.getFirstPropertyValue('tzid')), ['Europe/Paris'])
  ICAL.TimezoneService.register(new ICAL.Timezone(zones[0]), 'Europe/Paris')
  const events = grouped(calendar.getAllSubcomponents('vevent'), uid)
  return [...events.values()].flatMap(each => expand(each, to)).filter(each => overlaps(each, from, to))
}

const uid = event => event.getFirstPropertyValue('uid')

function grouped(values, key) {
  const groups = new Map(values.map(value => [key(value), []]))
  values.forEach(value => groups.get(key(value)).push(value))
  return groups
}

function overlaps({ start, end }, from, to) {
  return start < to && (end > from || start >= from)
}

function expand(events, to) {
  const [masters, exceptions] = [false, true].map(is => events.filter(event => event.hasProperty('recurrence-id') === is))
  if (masters.length === 0) { // what of a series takes place in a territory, when the series itself does not
    return exceptions.map(each => new ICAL.Event(each)).map(each => occurrence(each, recurrenceId(each.recurrenceId), each.startDate, each.endDate))
  }
  assert.equal(masters.length, 1, `${uid(events[0])} has ${masters.length} events that are no exceptions`)
  const event = new ICAL.Event(masters[0], { exceptions })
  if (!event.isRecurring()) {
    assert.equal(exceptions.length, 0)
    return [occurrence(event, null, event.startDate, event.endDate)]
  }
  // What was moved from after the window into it counts as well.
  const last = Math.max(to, ...exceptions.map(each => each.getFirstPropertyValue('recurrence-id').toJSDate()))
  const occurrences = []
  const seen = new Set()
  const iterator = event.iterator()
  for (let next; (next = iterator.next()) && next.toJSDate() <= last; ) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next)
    if (item !== event) seen.add(item.component)
    occurrences.push(occurrence(item, recurrenceId(next), startDate, endDate))
  }
  assert.equal(seen.size, exceptions.filter(each => each.getFirstPropertyValue('recurrence-id').toJSDate() <= last).length,
    `${uid(masters[0])} has exceptions to nothing`)
  return occurrences
}

const occurrence = (event, recurrenceId, start, end) => ({
  uid: event.uid,
  recurrenceId,
  start: start.toJSDate(),
  end: end.toJSDate(),
  status: event.component.getFirstPropertyValue('status').toLowerCase(),
})

/**
 * The name of an occurrence is the time that it was planned for. Of two hours that the clocks show alike it is the first,
 * and after one that is left out it counts on (RFC 5545, 3.3.5): ical.js does neither.
 */
function recurrenceId(time) {
  const before = new Date(time.toJSDate() - 24 * 3_600_000)
  const local = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second)
  const utc = new Date(local - offset(before))
  const named = [utc, new Date(local - offset(utc))].find(each => each.getTime() + offset(each) === local) ?? utc
  return named.toISOString().replace(/\.000|[-:]/g, '')
}

/** Milliseconds by which the clocks of Paris are ahead of UTC, as this machine knows it. */
function offset(date) {
  const parts = Object.fromEntries(clocks.formatToParts(date).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - date
}

const clocks = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', hourCycle: 'h23', year: 'numeric', month: 'numeric',
  day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })

// Comparing

/** Of a workshop that was not called off no calendar says more. */
const statuses = { planned: 'confirmed', held: 'confirmed' }

const line = ({ uid, recurrenceId, start, end, status }) =>
  [new Date(start).toISOString(), new Date(end).toISOString(), uid, recurrenceId ?? 'once', statuses[status] ?? status].join(' ')

function compare(read, expected) {
  const [seen, said] = [read, expected].map(each => each.map(line).sort())
  const [inSeen, inSaid] = [new Set(seen), new Set(said)]
  const differences = [
    ...said.filter(each => !inSeen.has(each)).map(each => `not read: ${each}`),
    ...seen.filter(each => !inSaid.has(each)).map(each => `only read: ${each}`),
  ]
  assert.deepEqual(differences.slice(0, 20), [])
  assert.deepEqual(seen, said)
  assert.ok(seen.length > 0, 'nothing to compare')
  return `${seen.length} occurrences`
}

/** Whatever is unfolded must be a line, and no line be longer than RFC 5545 (3.1) has it. */
function checkLines(bytes) {
  const text = bytes.toString('utf8')
  assert.ok(text.endsWith('END:VCALENDAR\r\n'))
  assert.ok(!text.replaceAll('\r\n', '').match(/[\r\n]/), 'line ends other than CRLF')
  assert.ok(text.split('\r\n').every(each => Buffer.byteLength(each) <= 75), 'a long line')
  return text
}

// What is compared

async function checkSamples(folder) {
  const names = (await readdir(folder)).filter(name => name.endsWith('.ics'))
  assert.ok(names.length > 0, `no calendars in ${folder}`)
  for (const name of names) {
    await check(`${name}, by ical.js`, async () => {
      const expected = JSON.parse(await readFile(join(folder, name.replace(/ics$/, 'json'))))
      const text = checkLines(await readFile(join(folder, name)))
      return compare(read(text, new Date(expected.from), new Date(expected.to)), expected.data)
    })
  }
  await check('a calendar that says something else is told from it', async () => {
    const expected = JSON.parse(await readFile(join(folder, names[0].replace(/ics$/, 'json'))))
    const text = (await readFile(join(folder, names[0]), 'utf8')).replace('T200000', 'T200001')
    assert.throws(() => compare(read(text, new Date(expected.from), new Date(expected.to)), expected.data))
  })
}

async function checkProgram(origin) {
  const get = async path => {
    const answer = await fetch(new URL(path, origin))
    assert.equal(answer.status, 200, `${path}: ${answer.status}`)
    return answer
  }
  const list = async path => {
    const data = []
    for (let next = path; next; ) {
      const page = await (await get(next)).json()
      data.push(...page.data)
      next = page.page.next
    }
    return data
  }
  const window = 'from=2026-01-01&to=2029-01-01&limit=200'
  const occurrences = async path => list(`${path}${path.includes('?') ? '&' : '?'}${window}`)
  const checkCalendar = (calendar, lists) =>
    check(`${calendar}, by ical.js`, async () => {
      const answer = await get(calendar)
      assert.match(answer.headers.get('content-type'), /^text\/calendar\b/)
      const text = checkLines(Buffer.from(await answer.arrayBuffer()))
      const expected = (await Promise.all(lists.map(occurrences))).flat()
      return expected.length > 0 ? compare(read(text, from, to), expected) : assert.deepEqual(read(text, from, to), [])
    })

  const all = ['/v1/meetings', '/v1/events', '/v1/workshops']
  for (const each of all) await checkCalendar(`${each}.ics`, [each])
  await checkCalendar('/v1/calendar.ics', all)
  for (const { slug } of await list('/v1/factories?limit=200')) {
    await checkCalendar(`/v1/factories/${slug}/meetings.ics`, [`/v1/factories/${slug}/meetings`])
  }
  for (const { slug } of await list('/v1/territories?level=departement&limit=200')) {
    await checkCalendar(`/v1/territories/${slug}/meetings.ics`, [`/v1/meetings?territory=${slug}`])
  }
}

async function checkStarted(jar) {
  assert.ok(folder, 'a folder for its data is missing')
  const port = await freePort()
  const program = startDirectory(jar, port, {
    DIRECTORY_DATA_DIR: join(folder, 'data'),
    DIRECTORY_LIMITS_REQUESTS_PER_MINUTE: '1000000',
  })
  try {
    await answers(program, `http://127.0.0.1:${port}/q/health/ready`)
    await checkProgram(`http://127.0.0.1:${port}`)
  } finally {
    await end(program)
  }
}

try {
  const modes = { '--samples': checkSamples, '--program': checkProgram, '--start': checkStarted }
  assert.ok(modes[mode] && place, 'usage: calendars.mjs --samples <folder> | --program <origin> | --start <jar> <folder>')
  await modes[mode](place)
} catch (failure) {
  failures++
  console.log(`FAILED  ${failure.stack ?? failure}`)
}
process.exitCode = failures === 0 ? 0 : 1

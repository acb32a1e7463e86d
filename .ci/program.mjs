// Starts programs for the checks beside it, and ends them.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// Below the ports that systems give to whoever asks for any, a client too: what takes a minute to listen still finds it free.
export async function freePort() {
  for (;;) {
    const server = createServer()
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const free = await new Promise(told => server.once('error', () => told(false)).listen(port, '127.0.0.1', () => told(true)))
    if (!free) continue
    await new Promise(closed => server.close(closed))
    return port
  }
}

// In a process group of its own, so that what it starts itself ends with it.
export function start(command, args, settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(QUARKUS|DIRECTORY|KC)_/.test(name))
  const program = spawn(command, args, {
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  program.output = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', text => (program.output += text))
  }
  program.on('error', error => (program.output += error))
  program.ended = new Promise(ended => program.once('close', ended))
  program.ended.then(() => (program.hasEnded = true))
  return program
}

export function startDirectory(jar, port, settings) {
  return start('java', ['-jar', jar], {
    QUARKUS_HTTP_HOST: '127.0.0.1',
    QUARKUS_HTTP_PORT: String(port),
    DIRECTORY_DEMO: 'true',
    ...settings,
  })
}

export async function until(program, what, happened) {
  for (let i = 0; i < 1500; i++) {
    if (program.hasEnded) throw new Error(`the program ended: ${program.output.slice(-3000)}`)
    const value = await happened()
    if (value) return value
    await sleep(200)
  }
  throw new Error(`${what} took too long: ${program.output.slice(-3000)}`)
}

export const answers = (program, url) =>
  until(program, url, () => fetch(url).then(answer => answer.ok, () => false))

export async function end(program) {
  if (!program.hasEnded) {
    process.kill(-program.pid, 'SIGTERM')
    await Promise.race([program.ended, sleep(20_000, undefined, { ref: false })])
  }
  try {
    process.kill(-program.pid, 'SIGKILL')
  } catch {
    // it has ended
  }
}

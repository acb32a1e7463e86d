// Checks rendered manifests: the models' own validators (required fields, types, formats), and the TypeScript compiler over the
// same objects as literals of the models' types, which refuses fields that there are not.
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execFileSync } from 'node:child_process'
import { parseAllDocuments } from 'yaml'

const [rendered, tools] = process.argv.slice(2).map(each => resolve(each))

const packageOf = group => group === 'gateway.networking.k8s.io' ? '@kubernetes-models/gateway-api'
  : group === 'monitoring.coreos.com' ? '@kubernetes-models/prometheus-operator'
  : group.endsWith('cnpg.io') ? '@kubernetes-models/cloudnative-pg' : 'kubernetes-models'

function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
  return `${packageOf(group)}/${apiVersion}/${kind}`
}

// Of the plugin, which has no models: its fields as of config/crd/bases/barmancloud.cnpg.io_objectstores.yaml in
// cloudnative-pg/plugin-barman-cloud. What it configures is what CloudNativePG itself had before.
const OBJECT_STORE = `
type ObjectStore = { apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore', metadata: { name: string, labels?: Record<string, string> }, spec: {
  configuration: NonNullable<NonNullable<NonNullable<ICluster['spec']>['backup']>['barmanObjectStore']>, retentionPolicy?: string,
  instanceSidecarConfiguration?: { logLevel?: 'error' | 'warning' | 'info' | 'debug' | 'trace', retentionPolicyIntervalSeconds?: number, resources?: object, env?: object[] } } }
`

const mistakes = []
const literals = []
const imports = new Set(["import type { ICluster } from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/Cluster'"])
for (const file of readdirSync(rendered).filter(each => each.endsWith('.yaml')).sort()) {
  const objects = parseAllDocuments(readFileSync(join(rendered, file), 'utf8')).map(each => each.toJSON()).filter(each => each)
  if (objects.length < 10) mistakes.push(`${file}: only ${objects.length} objects`)
  for (const object of objects) {
    const what = `${file} ${object.kind} ${object.metadata.name}`
    literals.push(`// ${what}`)
    if (object.kind === 'ObjectStore') {
      literals.push(`export const o${literals.length}: ObjectStore = ${JSON.stringify(object)}`)
      continue
    }
    const alias = `I${object.kind}_${object.apiVersion.replaceAll(/\W/g, '_')}`
    imports.add(`import type { I${object.kind} as ${alias} } from '${moduleOf(object)}'`)
    literals.push(`export const o${literals.length}: ${alias} = ${JSON.stringify(object)}`)
    try {
      const { [object.kind]: Model } = await import(moduleOf(object))
      new Model(object).validate()
    } catch (wrong) {
      mistakes.push(`${what}: ${wrong.message}`)
    }
  }
  console.log(`${file}: ${objects.length} objects`)
}

const sources = join(tools, 'types')
mkdirSync(sources)
writeFileSync(join(sources, 'manifests.ts'), [...imports, OBJECT_STORE, ...literals].join('\n') + '\n')
try {
  execFileSync(join(tools, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext',
    '--moduleResolution', 'nodenext', '--target', 'es2022', join(sources, 'manifests.ts')], { encoding: 'utf8', cwd: tools })
} catch (wrong) {
  const lines = readFileSync(join(sources, 'manifests.ts'), 'utf8').split('\n')
  for (const [, line, said] of wrong.stdout.matchAll(/manifests\.ts\((\d+),\d+\): (.*)/g)) {
    mistakes.push(`${lines[line - 2].replace('// ', '')}: ${said}`)
  }
  if (mistakes.length === 0) mistakes.push(wrong.stdout || wrong.message)
}

mistakes.forEach(each => console.log(`FAILED  ${each}`))
process.exitCode = mistakes.length === 0 ? 0 : 1

-- Requests that nobody has sent before: each thread of each turn counts in a part of its own.
local threads = 0
function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end
function init(args)
  turn = tonumber(args[1])
  count = 0
end
function request()
  count = count + 1
  return wrk.format("GET", string.format("/v1/companies?limit=1&near=43.%d%03d%06d,1.5&sort=distance", part, turn, count))
end

-- Requests that nobody has sent before: each thread counts in a part of its own.
local threads = 0
function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end
function init(args)
  count = 0
  most = tonumber(args[1])
end
function request()
  count = count + 1
  if count > most then
    wrk.thread:stop()
  end
  return wrk.format("GET", string.format("/v1/companies?limit=1&near=43.%d%06d,1.5&sort=distance", part, count))
end

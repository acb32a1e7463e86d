-- Sends the lines of a file, one after the other; each thread begins in a part of its own.
-- arguments: file, where to begin and where to end, as shares of it
local threads = 0
function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end
function init(args)
  local from, to = tonumber(args[2]), tonumber(args[3])
  lines = assert(io.open(args[1]))
  local size = lines:seek("end")
  lines:seek("set", math.floor(size * (from + (to - from) * part / 2)))
  lines:read()
end
function request()
  return wrk.format("GET", lines:read())
end
function done(summary, latency, requests)
  if summary.errors.status > 0 or summary.errors.timeout > 0 then
    print("errors: " .. summary.errors.status .. " " .. summary.errors.timeout)
  end
  print(string.format("rate %.2f p50 %.3f p99 %.3f n %d",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.requests))
end

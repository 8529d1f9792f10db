-- Health of every Fleetwright kind for Argo CD: the conditions Paused, Stalled, Reconciling and Ready, in that order of weight.
local c, s = {}, obj.status or {}
for _, x in ipairs(s.conditions or {}) do c[x.type] = x end
local function on(t) return c[t] ~= nil and c[t].status == "True" end
local function out(st, t) return {status = st, message = c[t] and c[t].message or ""} end
if on("Paused") then return out("Suspended", "Paused") end
if on("Stalled") and s.observedGeneration == obj.metadata.generation then return out("Degraded", "Stalled") end
if obj.metadata.deletionTimestamp ~= nil then return out("Progressing", "Deleting") end
if s.observedGeneration ~= obj.metadata.generation then return out("Progressing", "Reconciling") end
if on("Reconciling") then return out("Progressing", "Reconciling") end
if on("Ready") then return out("Healthy", "Ready") end
return out("Degraded", "Ready")

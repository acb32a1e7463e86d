-- The index of the team follows audit_image as the public one follows public_change: what came after a revision. The
-- table only grows at its end, so that a summary of its pages is enough. An ordered index on the revision would be a way
-- to the last image of an aggregate too, and the wrong one in a commit of any size (V12); this one is none.
create index audit_image_after on audit_image using brin (revision) with (pages_per_range = 16, autosummarize = on);

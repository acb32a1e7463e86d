-- The index of the team follows audit_image as the public one follows public_change: what came after a revision. The
-- expression keeps the index from being a way to the last image of an aggregate ("order by revision desc"), which it
-- would be the wrong one for in a commit of any size (V12).
create index audit_image_after on audit_image ((revision + 0));

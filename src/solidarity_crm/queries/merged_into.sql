-- Into which record one was merged, if it was.
SELECT new_ref FROM merger WHERE old_ref = :ref ORDER BY id DESC LIMIT 1

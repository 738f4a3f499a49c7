-- Asks past what somebody may be asked, from :since on, with the reasons that were given.
SELECT contact_id, asked_on, about, reason FROM over_budget WHERE asked_on >= :since ORDER BY contact_id, asked_on DESC, id

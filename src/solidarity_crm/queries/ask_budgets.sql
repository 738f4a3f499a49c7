-- How often some contacts (:contacts, a JSON list of their numbers) may be asked, where that is their own, and until when not at all.
SELECT c.id, c.ask_budget, c.asks_paused_until
  FROM json_each(:contacts) w
  JOIN contact c ON c.id = w.value

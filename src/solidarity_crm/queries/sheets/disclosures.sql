-- Every time that people's details left the program, as the folder of CSV files has it, in the order in which they left.
SELECT d.disclosed_on AS "on", d."by", d.recipient, d.form, d.fields, d.refs AS contacts
  FROM disclosure d
 ORDER BY d.id

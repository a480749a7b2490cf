-- The store of speechmine, version 1. Plain tables and views: Datasette, pandas and the sqlite3 shell read them as they are.
-- findings.number begins with the day, counted back: in the order of numbers the newest comes first, and within a document the
-- order is that of its text (numbering.py). Exact decimals are text; the *_real beside them are for comparing and sorting.

CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,                     -- hash of the stored bytes: copies under two names share it
  source TEXT NOT NULL,
  title TEXT, published TEXT, publisher TEXT,
  genre TEXT NOT NULL, script TEXT NOT NULL, encoding TEXT NOT NULL, complete INTEGER NOT NULL,
  reference_date TEXT, reprint_of TEXT,
  repairs TEXT NOT NULL, warnings TEXT NOT NULL,  -- JSON
  digest TEXT NOT NULL,                 -- of the record: whether there is anything to do
  UNIQUE (source, id)
);
CREATE INDEX documents_by_id ON documents (id);

CREATE TABLE texts (                    -- as read: start and end of all tables count its characters
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  text TEXT NOT NULL
);

CREATE TABLE records (                  -- the JSON line of the record, deflated (zlib)
  document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  line BLOB NOT NULL
);

CREATE TABLE speeches (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  id TEXT NOT NULL,
  title TEXT, speaker TEXT, speaker_title TEXT, place TEXT, date TEXT,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  UNIQUE (document, id)
);

CREATE TABLE sentences (                -- repaired, in the script of the document
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  text TEXT NOT NULL
);
CREATE INDEX sentences_by_document ON sentences (document);

CREATE TABLE findings (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('mechanism', 'goal', 'figure', 'measure')),
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  speech INTEGER REFERENCES speeches ON DELETE CASCADE,
  sentence INTEGER NOT NULL REFERENCES sentences ON DELETE CASCADE,
  mark_start INTEGER NOT NULL, mark_end INTEGER NOT NULL,  -- where in the sentence the words of the finding stand
  quote TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  rule TEXT NOT NULL,
  owner TEXT, speaker TEXT, section TEXT NOT NULL,  -- owner: all of them, joined by 、; section: JSON
  place TEXT, date TEXT, year INTEGER,  -- of the speech
  type TEXT,                            -- kind of mechanism or quantity
  name TEXT, status TEXT,               -- mechanisms
  metric TEXT, value TEXT, upper TEXT, unit TEXT, comparator TEXT, masked INTEGER,  -- goals and figures
  value_real REAL, upper_real REAL,
  canonical_value TEXT, canonical_upper TEXT, canonical_unit TEXT, canonical_real REAL,
  pair TEXT, role TEXT,
  commitment TEXT,
  deadline_text TEXT, deadline TEXT, deadline_first TEXT, deadline_last TEXT,  -- as worded, EDTF, its first and last day
  text TEXT, action TEXT, object TEXT, topic TEXT  -- measures
);
CREATE INDEX findings_by_id ON findings (id);
CREATE INDEX findings_by_document ON findings (document, start);
CREATE INDEX findings_by_speech ON findings (speech);
CREATE INDEX findings_by_sentence ON findings (sentence);
CREATE INDEX findings_by_metric ON findings (metric, canonical_unit, canonical_real) WHERE metric NOTNULL;
CREATE INDEX findings_by_deadline ON findings (deadline_last) WHERE deadline_last NOTNULL;

CREATE TABLE components (
  finding INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
  position INTEGER NOT NULL,
  every TEXT, action TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (finding, position)
) WITHOUT ROWID;

CREATE TABLE owners (
  finding INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (finding, position)
) WITHOUT ROWID;

CREATE TABLE links (                    -- from a measure to the mechanisms and goals in its words
  measure INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
  finding INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
  PRIMARY KEY (measure, finding)
) WITHOUT ROWID;
CREATE INDEX links_by_finding ON links (finding);

CREATE VIEW mechanisms AS
  SELECT f.number, f.id, d.id AS document, d.source, f.name, f.type AS kind, f.status, f.owner, f.speaker, f.place, f.date, f.section,
    f.rule, f.quote, f.start, f."end", s.text AS sentence
  FROM findings f JOIN documents d ON d.number = f.document JOIN sentences s ON s.number = f.sentence WHERE f.kind = 'mechanism';
CREATE VIEW goals AS
  SELECT f.number, f.id, d.id AS document, d.source, f.metric, f.type AS kind, f.value, f.upper, f.unit, f.comparator, f.canonical_value,
    f.canonical_upper, f.canonical_unit, f.canonical_real, f.masked, f.commitment, f.deadline_text, f.deadline, f.deadline_last, f.pair,
    f.owner, f.speaker, f.place, f.date, f.section, f.rule, f.quote, f.start, f."end", s.text AS sentence
  FROM findings f JOIN documents d ON d.number = f.document JOIN sentences s ON s.number = f.sentence WHERE f.kind = 'goal';
CREATE VIEW figures AS
  SELECT f.number, f.id, d.id AS document, d.source, f.metric, f.type AS kind, f.value, f.upper, f.unit, f.comparator, f.canonical_value,
    f.canonical_upper, f.canonical_unit, f.canonical_real, f.masked, f.role, f.deadline_text, f.deadline, f.deadline_last, f.pair,
    f.owner, f.speaker, f.place, f.date, f.section, f.rule, f.quote, f.start, f."end", s.text AS sentence
  FROM findings f JOIN documents d ON d.number = f.document JOIN sentences s ON s.number = f.sentence WHERE f.kind = 'figure';
CREATE VIEW measures AS
  SELECT f.number, f.id, d.id AS document, d.source, f.text, f.action, f.object, f.commitment, f.topic, f.owner, f.deadline_text, f.deadline,
    f.deadline_last, f.speaker, f.place, f.date, f.section, f.rule, f.quote, f.start, f."end", s.text AS sentence
  FROM findings f JOIN documents d ON d.number = f.document JOIN sentences s ON s.number = f.sentence WHERE f.kind = 'measure';

-- Characters, pairs of characters and filters of every finding, as speechmine/store/tokens.py writes them; rowid is findings.number.
CREATE VIRTUAL TABLE search USING fts5(tokens, content = '', tokenize = 'ascii');

-- A store of version 1, as it was made: kept as it is, so that every later version can be seen to open it.
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
  digest TEXT NOT NULL,                 -- of the record and the text: whether there is anything to do
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

INSERT INTO documents VALUES (1, '5ef76e3cb9590c1b', 'a.txt', NULL, NULL, NULL, 'speech', 'hans', 'utf-8', 1, NULL, NULL, '[]', '[]', '52484d374f879be51c5594c7ea44c5a7');
INSERT INTO texts VALUES (1, '各镇街要坚持周通报、旬会商、月考核制度。
市发改委要确保今年完成投资30亿元以上。
');
INSERT INTO records VALUES (1, X'789CAD545B4F134114FE2FF35C49B7F792E88BBE6A7C53430899CECE9691DDD96576864B48131050D2900809488292C803E883E993122E467E8CDD52FE8567BA972EAD0841F669E7CC9CDBF79DEF2C209F4C52074FCC50E13397A35164A00C325DA21CCA251A5D40CC0463915AE512CD935AB558CD12A3066F7C570942E10E8FC8390906C9A40D67AE6C3B833C55B3993F49CD4183880D75CA8576F73D4AC9A40E4804F320259AC4DC8733E5C43519AF834549EB41054CC4753C9B4A709342D10C12D4A202DED10913CB24B7A09E605C4EB856CA8299F0D1E8D87806CD62C1216CEFD4C844F9A93E46CDFAC66037F0064FF54BF76C4C92BB74665F62011D6475F110A96034209F03E13167BE934A512214E72AB85ACC596552334A90D09DE53AC3180A36562EB7DF75F777D0F850E608ACA8469F12D9234DB72594AE17116C6A404684E21AC319D63B6A22A795AB2B45C1E6D7CBC5DD4EF3E0F7E25267E75BFBE76EB0FD56FF7F5AEB2E2E773E1FA3A49152D4885106A038766EEB3EC5B4575C4B184F2AE81F9898564CC0588464BA1CA62CC485C208CEC38BE7C60BB8C4516728CCA509A173329D1E353269A7EC93B4575855DF2B2974C0EB69DA29293F764A3A6A8C6B22EB2EB6D31C96F2A695ADD162216B98156C5EE1F0F84DF07EB3B375127CD9BA138DD30A7318C1F91107209ABF86C97CB67D7A1EAC2EB7CF0EDAC7CD3E6DF9423C80D9869E3F2918D1D0A58AEA1E2E05ADF5CEDA46A7B9DDFDB1D2E7CC06706C38CE605B418E3CCCB2F2BC7EE98A338D4D983862110B2C5D78811E3DD416CC5DCE08B675A94998F8FB7BB8C7CF5E215D2AF6A7F4CAB0006890B749B16933DEEB39E2A47DD60C4EBE6B3C4C09F2462FE1D39E5ADF714C28C96132DC5F8083AF60CF68FE2C5687DF680B3814FBD129E2B3464A39AB9AAF1815235B3669FEFE34E9B826B6471CE5CBEB241987D7B4ECED76D6976E5459B076149C1EA2A19D63541B7DADFC47D84415A1A306A3F61A7ABBCD0648825C6122EABF4F6A089F74BD703A578FDA671FD0C0BE1CDE9429218E6B31875A2CD052D5285AB850B1CA3552BC572DDE4CDF55615DECB7DAE77BE1A4A645769D5C73465AAE3177778C99F0167AA479BB85F7BF09BB5185319797FB27171F5BC1D969B7F56B90D1147FC32B14F66CE30FCE977DF7');
INSERT INTO speeches VALUES (1, 1, 's1', NULL, NULL, NULL, NULL, NULL, 0, 41);
INSERT INTO sentences VALUES (1, 1, '各镇街要坚持周通报、旬会商、月考核制度。');
INSERT INTO sentences VALUES (2, 1, '市发改委要确保今年完成投资30亿元以上。');
INSERT INTO findings VALUES (4397979402240, 'measure', 'bc62f93818107de3', 1, 1, 1, 0, 19, '各镇街要坚持周通报、旬会商、月考核制度', 0, 19, 'modal.must', '各镇街', NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'must', NULL, NULL, NULL, NULL, '各镇街要坚持周通报、旬会商、月考核制度', '坚持', '周通报、旬会商、月考核制度', '其他');
INSERT INTO findings VALUES (4397979402241, 'mechanism', '6cea28a952f7cb16', 1, 1, 1, 6, 17, '周通报、旬会商、月考核', 6, 17, 'cadence.run', '各镇街', NULL, '[]', NULL, NULL, NULL, 'cadence', '周通报、旬会商、月考核', 'required', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO findings VALUES (4397979402242, 'measure', '64e6915fa48f7bc5', 1, 1, 2, 0, 19, '市发改委要确保今年完成投资30亿元以上', 21, 40, 'modal.must', '市发改委', NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'must', '今年', 'XXXX', NULL, NULL, '市发改委要确保今年完成投资30亿元以上', '确保', '今年完成投资30亿元以上', '项目建设');
INSERT INTO findings VALUES (4397979402243, 'goal', '663df0be5401d8ad', 1, 1, 2, 13, 19, '30亿元以上', 34, 40, 'quantity.money', '市发改委', NULL, '[]', NULL, NULL, NULL, 'level', NULL, NULL, '市发改委要完成投资', '30', NULL, '亿元', '>=', 0, 30.0, NULL, '3000000000', NULL, 'CNY', 3000000000.0, NULL, NULL, 'ensure', '今年', 'XXXX', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO components VALUES (4397979402241, 0, 'P1W', '通报', '周通报');
INSERT INTO components VALUES (4397979402241, 1, 'P10D', '会商', '旬会商');
INSERT INTO components VALUES (4397979402241, 2, 'P1M', '考核', '月考核');
INSERT INTO owners VALUES (4397979402240, 0, '各镇街');
INSERT INTO owners VALUES (4397979402241, 0, '各镇街');
INSERT INTO owners VALUES (4397979402242, 0, '市发改委');
INSERT INTO owners VALUES (4397979402243, 0, '市发改委');
INSERT INTO links VALUES (4397979402240, 4397979402241);
INSERT INTO links VALUES (4397979402242, 4397979402243);
INSERT INTO search (rowid, tokens) VALUES (4397979402240, '各镇 镇街 街要 要坚 坚持 持周 周通 通报 报、 、旬 旬会 会商 商、 、月 月考 考核 核制 制度 度。 􏿰 􏀀measure 􏀈其他 􏀄各镇街 􏀊各镇 􏀊镇街 􏿰 、 。 会 制 各 周 商 坚 度 报 持 旬 月 核 考 街 要 通 镇 􏀊各 􏀊街 􏀊镇');
INSERT INTO search (rowid, tokens) VALUES (4397979402241, '各镇 镇街 街要 要坚 坚持 持周 周通 通报 报、 、旬 旬会 会商 商、 、月 月考 考核 核制 制度 度。 􏿰 􏀀mechanism 􏀇required 􏀄各镇街 􏀊各镇 􏀊镇街 􏿰 􏀁p1w 􏀁p10d 􏀁p1m 、 。 会 制 各 周 商 坚 度 报 持 旬 月 核 考 街 要 通 镇 􏀊各 􏀊街 􏀊镇');
INSERT INTO search (rowid, tokens) VALUES (4397979402242, '市发 发改 改委 委要 要确 确保 保今 今年 年完 完成 成投 投资 资3 30 0亿 亿元 元以 以上 上。 􏿰 􏀀measure 􏀈项目建设 􏀄市发改委 􏀊市发 􏀊发改 􏀊改委 􏿰 0 3 。 上 亿 今 以 保 元 发 委 完 市 年 成 投 改 确 要 资 􏀊发 􏀊委 􏀊市 􏀊改');
INSERT INTO search (rowid, tokens) VALUES (4397979402243, '市发 发改 改委 委要 要确 确保 保今 今年 年完 完成 成投 投资 资3 30 0亿 亿元 元以 以上 上。 􏿰 市发 发改 改委 委要 要完 完成 成投 投资 􏿰 􏀀goal 􏀂市发改委要完成投资 􏀉市发 􏀉发改 􏀉改委 􏀉委要 􏀉要完 􏀉完成 􏀉成投 􏀉投资 􏿰 􏀃亿元 􏀃cny 􏀄市发改委 􏀊市发 􏀊发改 􏀊改委 􏿰 0 3 。 上 亿 今 以 保 元 发 委 完 市 年 成 投 改 确 要 资 􏀉发 􏀉委 􏀉完 􏀉市 􏀉成 􏀉投 􏀉改 􏀉要 􏀉资 􏀊发 􏀊委 􏀊市 􏀊改');
PRAGMA application_id = 1936747825;
PRAGMA user_version = 1;

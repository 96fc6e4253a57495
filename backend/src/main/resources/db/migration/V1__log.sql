-- SPDX-License-Identifier: Apache-2.0
-- The log: streams, their marks, the records as events, alerts, and the rows of the loss ledger.

-- Where the next record goes. Its lock makes writers take turns, so that positions become visible in order.
CREATE TABLE log_head (
    one_row       boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    next_position bigint  NOT NULL
);
INSERT INTO log_head (next_position) VALUES (1);

-- One run of one producer on one boot of one node.
CREATE TABLE stream (
    stream_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster        text        NOT NULL,
    node           text        NOT NULL,
    boot_id        text        NOT NULL,
    producer       text        NOT NULL,
    epoch          bigint      NOT NULL,
    first_received timestamptz NOT NULL,
    UNIQUE (cluster, node, boot_id, producer, epoch)
);

-- What is accounted for of a lane's sequences: all up to mark, and above it the ranges that were received and those that
-- a gap record covers (first, last, first, last, …).
CREATE TABLE lane_mark (
    stream_id     bigint      NOT NULL REFERENCES stream ON DELETE CASCADE,
    lane          smallint    NOT NULL,
    mark          bigint      NOT NULL,
    received      bigint[]    NOT NULL,
    covered       bigint[]    NOT NULL,
    last_received timestamptz,
    clock_skew_ns bigint,
    PRIMARY KEY (stream_id, lane)
) WITH (fillfactor = 50);

CREATE TABLE event (
    position     bigint      NOT NULL,
    stream_id    bigint      NOT NULL,
    received     timestamptz NOT NULL,
    time         timestamptz NOT NULL,
    time_boot_ns bigint      NOT NULL,
    sequence     bigint      NOT NULL,
    user_uid     bigint,
    ledger_row   integer     NOT NULL,
    pid          integer,
    parent_pid   integer,
    src_port     integer,
    dst_port     integer,
    class        integer     NOT NULL,
    lane         smallint    NOT NULL,
    clock        smallint    NOT NULL, -- how time was found: 0 clock pair, 1 no pair: receipt, 2 pair ahead of us: receipt
    container    text,
    process_name text,
    process_path text,
    cmd_line     text,
    parent_name  text,
    file_path    text,
    src_ip       inet,
    dst_ip       inet,
    body         bytea       NOT NULL
) PARTITION BY RANGE (received);

CREATE INDEX event_position ON event (position);
CREATE INDEX event_container ON event (container, position) WHERE container IS NOT NULL;
CREATE INDEX event_time ON event USING brin (time) WITH (pages_per_range = 32);

CREATE TABLE alert (
    alert_uid     text        PRIMARY KEY,
    position      bigint      NOT NULL UNIQUE,
    stream_id     bigint      NOT NULL REFERENCES stream,
    received      timestamptz NOT NULL,
    last_received timestamptz NOT NULL,
    occurrences   bigint      NOT NULL DEFAULT 1,
    time          timestamptz NOT NULL,
    time_boot_ns  bigint      NOT NULL,
    sequence      bigint      NOT NULL,
    lane          smallint    NOT NULL,
    alert_type    text        NOT NULL,
    rule          text        NOT NULL,
    severity      smallint    NOT NULL,
    message       text        NOT NULL,
    dedup_key     text        NOT NULL,
    user_uid      bigint,
    pid           integer,
    parent_pid    integer,
    src_port      integer,
    dst_port      integer,
    container     text,
    process_name  text,
    process_path  text,
    cmd_line      text,
    parent_name   text,
    file_path     text,
    src_ip        inet,
    dst_ip        inet,
    status        text        NOT NULL DEFAULT 'new',
    version       bigint      NOT NULL DEFAULT 1,
    body          bytea       NOT NULL
);
CREATE INDEX alert_stream ON alert (stream_id);

-- Own count of what was stored, per class and counter row of the node.
CREATE TABLE delivered (
    stream_id  bigint   NOT NULL REFERENCES stream ON DELETE CASCADE,
    class      integer  NOT NULL,
    ledger_row integer  NOT NULL,
    count      bigint   NOT NULL,
    PRIMARY KEY (stream_id, class, ledger_row)
) WITH (fillfactor = 50);

-- The latest totals that a stream's producer, or its successor, has told.
CREATE TABLE cut (
    stream_id     bigint      PRIMARY KEY REFERENCES stream ON DELETE CASCADE,
    time_boot_ns  bigint      NOT NULL,
    received      timestamptz NOT NULL,
    last_sequence bigint[]    NOT NULL, -- by lane number
    final         boolean     NOT NULL,
    unknown       boolean     NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE cut_row (
    stream_id    bigint   NOT NULL REFERENCES stream ON DELETE CASCADE,
    class        integer  NOT NULL,
    ledger_row   integer  NOT NULL,
    container    text     NOT NULL,
    time_boot_ns bigint   NOT NULL,
    captured     bigint   NOT NULL,
    filtered     bigint   NOT NULL,
    lost         bigint   NOT NULL,
    PRIMARY KEY (stream_id, class, ledger_row)
) WITH (fillfactor = 50);

-- Gap records, each as it came; and their sums.
CREATE TABLE gap (
    stream_id          bigint      NOT NULL REFERENCES stream ON DELETE CASCADE,
    reporter_stream_id bigint      REFERENCES stream ON DELETE CASCADE,
    received           timestamptz NOT NULL,
    counted            bigint      NOT NULL, -- of the gap's count, what was not known to be stored or lost before
    body               bytea       NOT NULL
);
CREATE INDEX gap_stream ON gap (stream_id);
CREATE INDEX gap_reporter_stream ON gap (reporter_stream_id);

CREATE TABLE loss (
    stream_id          bigint   NOT NULL REFERENCES stream ON DELETE CASCADE,
    class              integer  NOT NULL,
    ledger_row         integer  NOT NULL,
    reason             smallint NOT NULL,
    accuracy           smallint NOT NULL,
    reporter           text     NOT NULL,
    container          text     NOT NULL,
    count              bigint   NOT NULL,
    gaps               bigint   NOT NULL,
    first_time_boot_ns bigint   NOT NULL,
    last_time_boot_ns  bigint   NOT NULL,
    detail             text     NOT NULL,
    PRIMARY KEY (stream_id, class, ledger_row, reason, accuracy, reporter)
) WITH (fillfactor = 50);

CREATE TABLE health (
    stream_id bigint      PRIMARY KEY REFERENCES stream ON DELETE CASCADE,
    received  timestamptz NOT NULL,
    body      bytea       NOT NULL
);

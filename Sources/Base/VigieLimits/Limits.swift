// SPDX-License-Identifier: Apache-2.0

// All limits there are, in one place: of the network, of calls, of models. Every
// queue, buffer and loop that something outside can make grow cites one of them,
// and a limit that is hit is answered with its name.
// tidy: length: they all stand in one file

/// Limits and timeouts of one side of the transport.
package struct TransportLimits: Sendable {
    /// Longest message accepted, in bytes, without its 5-byte prefix.
    package var messageBytesMax = 64 << 20
    /// Bytes that all requests of a server may hold together: partly received, waiting, or being
    /// worked on.
    package var assemblyBytesMax = 512 << 20
    /// Bytes that the work on requests and the answers that wait for their readers may take
    /// together.
    package var answerBytesMax = 512 << 20
    /// Parts of each of the two: a connection that holds more than one of them yields to others.
    package var budgetShares = 16
    /// After which time a client is told to come back when there is no memory, in milliseconds.
    package var memoryRetryMilliseconds = 1_000
    /// Bytes that a connection holds of one of the two when it holds next to nothing: for so much
    /// there is a thirty-second more than all.
    package var smallHoldingBytesMax = 16 << 10
    /// Packed bytes of a message that is unpacked on an event loop.
    package var inPlaceTakenBytesMax = 4 << 10
    /// Bytes that are unpacked on an event loop before a thread goes on.
    package var inPlaceMadeBytesMax = 32 << 10
    /// Packed bytes that a thread takes before it turns to another message: those that are made to
    /// be slow take a few milliseconds.
    package var sliceTakenBytesMax = 32 << 10
    /// Bytes that a thread unpacks before it turns to another message: some hundred microseconds.
    package var sliceMadeBytesMax = 256 << 10
    /// Least bytes of a message of an answer that is compressed.
    package var packedAnswerBytesMin = 1 << 10
    /// Calls that are over which an event loop keeps for the next ones.
    package var idleCallsMax = 512
    /// Messages that may be on their way to what they unpack to, or to their compressed form.
    package var unpackedMessagesMax = 1_024
    /// The same of one connection.
    package var connectionUnpackedMessagesMax = 512
    /// Pieces of memory of messages that are over which an event loop keeps for the next ones.
    package var idleMessagesMax = 4
    /// Largest such piece that is kept, in bytes.
    package var idleMessageBytesMax = 4 << 20
    /// Streams that a peer may have open on one connection.
    package var concurrentStreamsMax = 256
    /// Frames of a connection that may wait to be sent, such as refusals of further streams, until
    /// a peer is sent away.
    package var waitingFramesMax = 4_096
    /// Streams of a connection that the server ended before its peer had, of which is known that
    /// more may come; of older ones it is taken for granted.
    package var abandonedStreamsMax = 256
    /// Ranges of streams left out by a peer that are remembered.
    package var skippedStreamRangesMax = 64
    /// Bytes of names and values of one header list.
    package var headerListBytesMax = 16 << 10
    /// The same of a list whose peer is sent away: up to here only the call is refused.
    package var headerFloodBytesMax = 1 << 20
    /// Entries of one header list.
    package var headerCountMax = 100
    /// Bytes that may come with a request of plain HTTP, such as that of a page.
    package var webBodyBytesMax = 256 << 10
    /// Flow-control window of a stream, in bytes: what a peer may send ahead of
    /// its consumption.
    package var streamWindowBytes = 4 << 20
    /// Flow-control window of a connection, in bytes.
    package var connectionWindowBytes = 16 << 20
    /// Longest HTTP/2 frame accepted, in bytes, of a peer that fills the frames of 16 KiB which it
    /// may send at first.
    package var frameBytesMax = 1 << 20
    /// Bytes of answers that one call may have waiting for its client before
    /// its next message is left unread.
    package var callOutboundBytesMax = 8 << 20
    /// Bytes that one connection may have waiting in the socket before frames
    /// are held back.
    package var connectionOutboundBytesMax = 1 << 20
    /// Bytes that a connection writes at a time; if it has more, others go first that have less.
    package var connectionTurnBytesMax = 256 << 10
    /// Bytes that connections which have more write together before an event loop looks at its
    /// sockets again.
    package var turnBytesMax = 1 << 20
    /// Time for which an event loop goes on with messages that other threads have unpacked, before
    /// it looks at its sockets again, in microseconds.
    package var handoverTurnMicroseconds = 1_000
    /// Bytes of a connection that are read at a time.
    package var readBytesMax = 256 << 10
    /// Time for which an event loop goes on with what it has read of a connection, before it looks
    /// at its other sockets, in microseconds.
    package var readTurnMicroseconds = 1_000
    /// Bytes that an event loop has read of connections and keeps while others have their turn; of
    /// more, what is read is worked on to its end.
    package var unreadBytesMax = 8 << 20
    /// Connections that a server serves at once, over all event loops.
    package var connectionsMax = 10_000
    /// Connections of one address, or of one IPv6 network of 64 bits, with those that shake hands;
    /// those of proxies that were named are not counted.
    package var addressConnectionsMax = 1_000
    /// Connections whose handshake is not over: they have places of their own.
    package var handshakesMax = 2_048
    /// The same of one address.
    package var addressHandshakesMax = 1_000
    /// Handshakes of one address that are carried out at a time; others wait for their turn.
    package var addressHandshakesAtOnceMax = 128
    /// Bytes that a connection may send while it waits for that.
    package var openingBytesMax = 8 << 10
    /// Which part of the connections and handshakes is kept for peers that are known: an eighth.
    package var keptSlotsPart = 8
    /// Addresses that are known: that have finished a handshake lately, or, where callers are told
    /// apart, made a call that was let in. As many again may be remembered of before.
    package var knownPeersMax = 4_096
    /// Time for which a peer is known at least.
    package var knownPeerSeconds = 3_600
    /// Length of the queue of connections that wait to be accepted.
    package var listenBacklog = 1_024
    /// Time for a TLS handshake.
    package var handshakeTimeoutSeconds = 10
    /// Time until a connection is closed on which no call makes progress.
    package var idleTimeoutSeconds = 3_600
    /// Time over which the bytes of a request that is under way are counted: it must bring
    /// `callBytesPerSecondMin`, and one without END_STREAM is under way.
    package var requestWindowSeconds = 30
    /// Time over which the bytes are counted that a client takes of answers that wait for it: it
    /// must take `callBytesPerSecondMin`.
    package var stallTimeoutSeconds = 300
    /// Least rate of a request that is under way and of answers that wait, in bytes a second.
    package var callBytesPerSecondMin = 512
    /// Time for the first message of a stream of requests to begin.
    package var firstMessageTimeoutSeconds = 60
    /// Time until a stream of requests ends on which nothing comes and nothing is under way.
    package var idleStreamTimeoutSeconds = 3_600
    /// Time after which a peer with an open call from which nothing comes is sent a PING; of one
    /// without a call the system is asked (TCP_KEEPIDLE).
    package var keepaliveSeconds = 300
    /// Time for its answer.
    package var keepaliveTimeoutSeconds = 60
    /// Time for the answer of a client that was told that the server stops, after which its new
    /// calls are refused without one.
    package var drainAnswerSeconds = 5
    /// Time that what was sent may stay unacknowledged by the peer's system (TCP_USER_TIMEOUT).
    package var unacknowledgedMilliseconds = 60_000
    /// PING frames that come sooner than `pingIntervalMilliseconds` after the one before, without
    /// calls or data between them, until a peer is sent away.
    package var pingStrikesMax = 100
    /// Time between PING frames that nobody minds.
    package var pingIntervalMilliseconds: Int64 = 1_000
    /// Frames that carry nothing until a peer is sent away: empty DATA and CONTINUATION, PRIORITY,
    /// SETTINGS, types that nobody knows, windows opened for nothing, streams reset again. One that
    /// carries something makes some good.
    package var emptyFramesMax = 100
    /// Such frames that each second makes good.
    package var emptyFramesPerSecond = 10
    /// Longest `grpc-timeout` honoured; longer ones are cut to it.
    package var timeoutSecondsMax = 24 * 3_600
    /// Connections of one client.
    package var clientConnectionsMax = 1_024
    /// Headers that a caller may send with a call.
    package var callMetadataCountMax = 64
    /// Bytes of names and values of the headers that a caller may send with a call.
    package var callMetadataBytesMax = 8 << 10
    /// Callers that an event loop remembers by what they showed.
    package var knownCallersMax = 4_096
    /// Calls of one connection that are refused one after the other, for who makes them or what he
    /// may, until it is told to go away.
    package var refusalsMax = 100
    /// Lines a second that an event loop writes of refused handshakes, and of refused callers.
    package var refusalLinesPerSecond = 5
    /// Bytes of what a proxy says of a connection before it begins.
    package static let proxyHeaderBytesMax = 4 << 10
    /// Addresses and networks of proxies.
    package static let proxiesMax = 256
    /// Certificates of a server, each for other names.
    package static let serverCertificatesMax = 64
    /// Files of a directory of certificates.
    package static let certificateDirectoryFilesMax = 1_024
    /// Time for a peer that is sent away to read why, before the connection is closed.
    package var lastWordsMilliseconds: Int64 = 1_000
    /// Bytes of the text with which a connection ends.
    package static let goawayTextBytesMax = 256
    /// Alternative names of a client's certificate that are looked at.
    package static let certificateNamesMax = 256
    /// Bytes of a file of certificates or of a private key.
    package static let certificateFileBytesMax = 4 << 20

    /// The limits above.
    package init() {}
}

/// Greatest sizes that the services accept and the points where they change how
/// they work.
package struct ServiceLimits: Sendable {
    /// Rows of one block.
    package var blockRowsMax = 262_144
    /// Reasons of one block: its rows times the reasons of each.
    package var blockReasonsMax = 4 << 20
    /// Issues that the answer to a block tells; it counts all.
    package var blockIssuesMax = 65_536
    /// Column names of a header.
    package var columnsMax = 4_096
    /// Bytes of a column name, a model name or a version.
    package var nameBytesMax = 256
    /// Texts of all dictionaries of one block.
    package var blockTextsMax = 65_536
    /// Bytes of one text of a dictionary.
    package var textBytesMax = 4_096
    /// Categories of all inputs of a model that DescribeModel tells.
    package var describedCategoriesMax = 4_096
    /// Entries of a header's list of outputs.
    package var outputsMax = 64
    /// Fields of a message of rows, of its header and of its block: a decoder spends far more on
    /// one than the two bytes that it takes to send.
    package var messageFieldsMax = 32_768
    /// Memory that decoding a header may take beside four times its own size, in bytes. A
    /// column name of a few bytes needs a pointer, its text and protobuf-c's note of it.
    package var headerMemoryBytes = 1 << 20
    /// Memory that decoding a block may take beside its own size, in bytes. Values that are
    /// packed need only their size; a block of values that are not is refused when it is large.
    package var blockMemoryBytes = 1 << 20
    /// Bytes of a header, or of a block that cannot be read where it lies, that are decoded on an
    /// event loop; longer ones go to a scoring thread.
    package var inPlaceDecodedBytesMax = 4 << 10
    /// Memory of a decoded message that is kept for the next one, in bytes.
    package var retainedMemoryBytes = 4 << 20
    /// Frames of blocks, with the columns of their answers, that one event loop keeps for the next
    /// ones; of each so much memory as `retainedMemoryBytes` says for messages and for columns.
    package var idleFramesMax = 4
    /// Prepared headers that one event loop keeps, so that a header that comes again
    /// is not decoded again.
    package var cachedHeadersMax = 16
    /// Longest header that is kept, in bytes.
    package var cachedHeaderBytesMax = 16 << 10
    /// Blocks that are expected to take longer are scored off the event loop, in nanoseconds.
    package var inPlaceNanosecondsMax = 100_000.0
    /// Rows of a call that is scored together with others of the same turn of an event loop.
    package var collectedCallRowsMax = 64
    /// Rows that are scored together: what the kernel takes at a time.
    package var collectedRowsMax = 512
    /// Bytes of the rows that wait for the end of a turn of an event loop.
    package var collectedBytesMax = 8 << 20
    /// Different headers of the rows that wait for the end of a turn of an event loop.
    package var collectedBlocksMax = 16
    /// Work between two looks at deadline and cancellation, in nanoseconds.
    package var chunkNanoseconds = 1_000_000.0
    /// Blocks that may wait for a scoring thread or be on one.
    package var queuedBlocksMax = 256
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionQueuedBlocksMax = 128
    /// Bytes of the blocks that may wait for a scoring thread or be on one.
    package var queuedBytesMax = 512 << 20
    /// After which time a client is told to come back when the queue is full, in milliseconds.
    package var retryDelayMilliseconds = 200
    /// Longest request of a method of the control plane, in bytes.
    package var controlMessageBytesMax = 16 << 10
    /// Longest request of a health check, in bytes: it is answered on the event loop.
    package var healthMessageBytesMax = 2 << 10
    /// Requests of one stream of server reflection.
    package var reflectionRequestsMax = 1_024
    /// Longest request of server reflection, in bytes: it is answered on the event loop.
    package var reflectionMessageBytesMax = 2 << 10
    /// Threads that answer the calls of the control plane.
    package var workerThreads = 2
    /// Calls that may wait for such a thread or be on one.
    package var queuedCallsMax = 256
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionQueuedCallsMax = 128
    /// Models of a server.
    package var modelsMax = 256
    /// Models of a page of ListModels when the call does not say.
    package var pageModelsDefault = 50
    /// Models of a page of ListModels.
    package var pageModelsMax = 1_000
    /// Longest request of Assess, in bytes: the facts of one company.
    package var assessMessageBytesMax = 1 << 20
    /// Longest message of BatchAssess, in bytes.
    package var batchMessageBytesMax = 16 << 20
    /// Bytes of the facts of one company of a batch.
    package var companyBytesMax = 1 << 20
    /// Companies of one message of BatchAssess.
    package var batchCompaniesMax = 8_192
    /// Companies that are assessed together.
    package var companiesTogetherMax = 512
    /// Companies that are assessed together although they take longer than is said below.
    package var companiesTogetherMin = 32
    /// Work on a batch of companies before another connection has its turn, in nanoseconds.
    package var batchChunkNanoseconds = 5_000_000.0
    /// Memory that is set aside for the answer to one company, in bytes.
    package var companyAnswerBytes = 4 << 10
    /// Longest request that records facts of companies, in bytes.
    package var factsMessageBytesMax = 4 << 20
    /// Longest request of Decide, in bytes: what is known of one company.
    package var decideMessageBytesMax = 1 << 20
    /// Companies of one message of BatchDecide.
    package var batchDecisionsMax = 1_024
    /// Companies that are decided on before another connection has its turn.
    package var decisionsTogetherMax = 128
    /// Memory that is set aside for the decision on one company, in bytes.
    package var decisionAnswerBytes = 16 << 10
    /// Bytes of the decisions on the companies of one message.
    package var decisionsBytesMax = 64 << 20
    /// Facts of a company that is decided on.
    package var decisionFactsMax = 512
    /// Values of all facts of a company that is decided on, those inside of others too.
    package var decisionValuesMax = 4_096
    /// Values by name inside of one value.
    package var decisionFieldsMax = 64
    /// Verdicts of cells that the decisions of one message tell, where all are asked for.
    package var decisionVerdictsMax = 65_536
    /// Streams that decide on rows at a time: each has some MiB of its own.
    package var decideStreamsMax = 32
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionDecideStreamsMax = 8
    /// Policies of which a thread keeps what it evaluates them with.
    package var threadPoliciesMax = 4
    /// Names of lines in a header of assessments.
    package var lineNamesMax = 1_024
    /// Statements of a company, and years that its filings tell of beside their own.
    package var companyStatementsMax = 64
    /// Invoices of a company, on each side, and credits that belong to none.
    package var companyInvoicesMax = 32_768
    /// Events, corrections, filings, entries of registers of a company, each.
    package var companyEventsMax = 4_096
    /// Months of which a company's sales are told.
    package var salesMonthsMax = 1_200
    /// Models of other horizons that a header of assessments names.
    package var horizonModelsMax = 8
    /// Changes of facts in a header of assessments.
    package var changesMax = 64
    /// Largest magnitude of an amount, in cents: sums of some thousand stay exact.
    package var amountCentsMax: Int64 = 1 << 52
    /// Most months that a statement may cover.
    package var statementMonthsMax = 36
    /// Currencies that columns of a company may name.
    package var currencyNamesMax = 256
    /// Bytes of one text among the facts of a company.
    package var factTextBytesMax = 1_024
    /// Bytes of a part of a paper.
    package var paperPartBytesMax = 1 << 20
    /// Bytes of all papers of one call of ReadPapers.
    package var papersBytesMax = 64 << 20
    /// What they may come to unpacked, in bytes.
    package var papersUnpackedBytesMax = 512 << 20
    /// How many times their size they may come to unpacked: papers come to some thirty times, and
    /// what was made to keep a thread busy to a thousand.
    package var papersUnpackedTimesMax = 128
    /// Bytes that they may come to unpacked beyond that.
    package var papersUnpackedFreeBytes = 4 << 20
    /// Bytes of a paper that is read whole, unpacked: JSON takes up to thirty times as much memory.
    package var paperDocumentBytesMax = 16 << 20
    /// Seconds that a thread reads the papers of one call.
    package var paperReadingSecondsMax = 60
    /// Papers of one call of ReadPapers.
    package var papersMax = 1_024
    /// Calls of ReadPapers at a time.
    package var readPapersCallsMax = 4
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionReadPapersCallsMax = 2
    /// Threads that read papers, where the server does.
    package var paperThreads = 2
    /// Uploads of policies at a time.
    package var policyUploadsMax = 4
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionPolicyUploadsMax = 2
    /// Threads that check, compare, simulate and keep policies.
    package var policyThreads = 2
    /// Simulations of portfolios at a time: each has some 40 MiB at most, most of it for names of
    /// companies.
    package var simulationsMax = 4
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionSimulationsMax = 2
    /// Companies of a simulation.
    package var simulatedCompaniesMax = 16 << 20
    /// Bytes of a message of companies of a simulation.
    package var simulationMessageBytesMax = 4 << 20
    /// Bytes of all messages of a simulation.
    package var simulationBytesMax = 8 << 30
    /// Threads that answer what is asked in plain HTTP.
    package var webThreads = 2
    /// Those who are signed in to the page, and those who have a link to do so.
    package var webSessionsMax = 1_000
    /// Time for which somebody stays signed in, in seconds.
    package var webSessionSeconds = 12 * 3_600
    /// Time for which a link lets somebody sign in, in seconds.
    package var signInSeconds = 300
    /// Threads that read the store.
    package var storeReadThreads = 2
    /// Threads that change the store: a long import takes one of them.
    package var storeWriteThreads = 2
    /// Threads that score portfolios again, behind all others.
    package var rescoringThreads = 2
    /// Bytes of a message that names companies of a portfolio one by one.
    package var companiesMessageBytesMax = 1 << 20
    /// Bytes of a file of companies that is imported.
    package var importBytesMax = 4 << 30
    /// Imports at a time.
    package var importsMax = 4
    /// The same of one connection, or of one caller where they are told apart.
    package var connectionImportsMax = 2
    /// Bytes of the facts that papers come to.
    package var paperFactsBytesMax = 64 << 20

    /// The limits above.
    package init() {}
}

/// Greatest sizes of messages of protocol buffers, whoever sends them.
package enum ProtobufLimits {
    /// Messages and groups inside of each other.
    package static let depth = 64
    /// Messages, entries of maps and packed lists inside of one message, at any depth: an empty
    /// one takes two bytes on the wire and some hundred in memory.
    package static let parts = 1 << 18
}

/// Greatest sizes that the scoring engine accepts.
package enum ScoringLimits {
    /// Bytes of a bundle's manifest.
    package static let manifestBytes = 8 << 20
    /// Bytes of all files of a bundle together.
    package static let bundleBytes = 512 << 20
    /// Bytes of a file name, a model name, a version, or the name of an input or feature.
    package static let nameBytes = 128
    /// Levels of brackets in a JSON file.
    package static let jsonDepth = 16
    /// Features of a model.
    package static let features = 4096
    /// Inputs of a bundle, each counted once for all its fiscal years.
    package static let inputs = 4096
    /// Intermediate values that a manifest may define.
    package static let definitions = 4096
    /// Fiscal years of an input.
    package static let years = 3
    /// Months within which an event may be expected.
    package static let horizonMonths = 1200
    /// Greatest score of a scale.
    package static let score = 1_000_000
    /// Bytes of one expression.
    package static let expressionBytes = 4096
    /// Levels of nesting in one expression.
    package static let expressionDepth = 128
    /// Instructions of the program that all expressions of a manifest become.
    package static let programInstructions = 65_536
    /// Risk classes of a model.
    package static let riskClasses = 100
    /// Categories of one column that a manifest may list.
    package static let categories = 65_536
    /// Bins of one feature of a scorecard.
    package static let scorecardBins = 1024
    /// Largest magnitude of a scorecard's points, a calibration's terms and the like: log-odds
    /// beyond it mean nothing, and sums of them stay far from overflow.
    package static let logOddsMagnitude = 1e6
    /// Largest magnitude of a raw score that a model file can give; with it all later sums are
    /// finite.
    package static let rawScoreMagnitude = 1e15
    /// Rows that are scored at a time.
    package static let rowsPerBatch = 512
    /// Rows that expressions are evaluated for at a time: few enough that their registers stay in
    /// the second-level cache, many enough that starting an instruction costs nothing.
    package static let rowsPerChunk = 128
    /// Contributions of features to rows that are held at a time, for a model with fewer features.
    package static let contributionsPerChunk = 1 << 18
}

/// Greatest sizes of documents of any kind.
package enum DocumentLimits {
    /// Levels of elements in an XML document.
    package static let xmlDepth = 512
    /// Attributes of one XML element.
    package static let xmlAttributes = 256
    /// Bytes of an XML document that are read at a time.
    package static let xmlPartBytes = 1 << 20
    /// Problems that one check of a file reports.
    package static let problems = 100
    /// Longest name for which another is sought that somebody may have meant, in bytes.
    package static let comparedNameBytes = 130
    /// Steps of that search, of some nanosecond each.
    package static let nearestNameSteps = 100_000
}

/// Sizes of workbooks that are read.
package enum WorkbookLimits {
    /// Bytes of a workbook, or of a table of text in its place.
    package static let fileBytes = 32 << 20
    /// Parts of one.
    package static let parts = 4_096
    /// Bytes of a part, unpacked.
    package static let partBytes = 128 << 20
    /// Sheets.
    package static let sheets = 256
    /// Cells of all sheets, with the empty ones before the last of a row.
    package static let cells = 2_000_000
    /// Rows of a sheet.
    package static let rows = 1_048_576
    /// Columns of a sheet.
    package static let columns = 16_384
}

/// Greatest sizes of the machine that expressions and models run on.
package enum FormulaLimits {
    /// Rows of a block: as many as the bit-sliced kernel of trees takes.
    package static let blockRows = 512
    /// Numbers of a block whose registers are all kept: a model of very many steps gets blocks of
    /// fewer rows.
    package static let blockNumbers = 8 << 20
}

/// Greatest sizes that the readers of model files accept. Beyond them, what a reader keeps grows
/// with the file only.
package enum ModelFormatLimits {
    /// Bytes at the start of a file by which files that are no model files are told.
    package static let signatureBytes = 64 << 10
    /// Levels of brackets in a JSON or UBJSON model.
    package static let documentDepth = 64
    /// Features of a model that does not list their names, so that only a number stands for them.
    package static let unnamedFeatures = 65_536
    /// Outputs of a model: classes or targets.
    package static let outputs = 65_536
    /// Quantiles of a model whose predictions are sorted.
    package static let quantiles = 1_024
    /// Words of 32 bits for sets of categories, for each byte of the file; a set needs a bit for
    /// each category up to its largest.
    package static let categoryWordsPerByte = 16
    /// Levels of expressions in a PMML model, through the fields and functions that they name.
    package static let expressionDepth = 200
    /// Levels of predicates in a PMML model.
    package static let predicateDepth = 64
    /// Levels of models in a PMML model.
    package static let modelDepth = 16
    /// Steps of a PMML model, beside one for each byte of the file.
    package static let modelSteps = 10_000
    /// Parts of a PMML model that are looked at, beside some for each byte of the file: functions
    /// that call functions could otherwise ask for any number.
    package static let modelWork = 50_000
    /// Parts of a PMML model that are looked at for each byte of the file.
    package static let modelWorkPerByte = 2
    /// Numbers that the graph of an ONNX model may compute for a row.
    package static let graphRegisters = 65_536
    /// Elements of the tensors that the nodes of an ONNX graph may make, all together, beside some
    /// for each element that the file holds.
    package static let graphCells = 4 << 20
    /// Elements that the nodes of an ONNX graph may make for each that the file holds.
    package static let graphCellsPerElement = 4
    /// Elements of tensors that the nodes of an ONNX graph may read, all together, beside some for
    /// each element that the file holds.
    package static let graphReads = 16 << 20
    /// Elements that the nodes of an ONNX graph may read for each that the file holds.
    package static let graphReadsPerElement = 16
    /// Axes of a tensor of an ONNX model.
    package static let graphAxes = 16
    /// Nodes of engine trees for each node and weight of an ONNX tree: a tree whose leaves have
    /// weights for several outputs is made once for each.
    package static let treeNodesPerNode = 16
}

/// Greatest sizes of what the commands read from files. A limit that is hit ends the command with
/// an error that names it.
package enum InputLimits {
    /// Bytes asked for with one read.
    package static let chunkBytes = 1 << 18
    /// Bytes at the start of a file by which its kind and its encoding are told.
    package static let signatureBytes = 4096
    /// Bytes of a table's start that are looked at before its first row is given away.
    package static let sampleBytes = 1 << 16
    /// Rows of a table's start that are looked at.
    package static let sampleRowsMaximum = 1000
    /// Lines above the header that a message can name, or an option can skip.
    package static let skippedLinesMaximum = 1000
    /// Longest record (a line, or several when quoted cells hold line ends), in bytes.
    package static let recordBytesMaximum = 1 << 20
    /// Most columns of a file.
    package static let columnsMaximum = 16_384
    /// Longest number with marks for thousands, currency or percent, in bytes.
    package static let markedNumberBytesMaximum = 64
    /// Columns that one message names.
    package static let namedColumnsMaximum = 30
    /// Longest column name that is compared letter by letter to guess what is meant, in bytes.
    package static let comparedNameBytesMaximum = 64
    /// Longest file of column names, in bytes.
    package static let mapFileBytesMaximum = 1 << 20
    /// Characters of a bad value that are repeated in messages and output.
    package static let quotedValueCharactersMaximum = 60
    /// Bad rows that are told on stderr before only counting.
    package static let reportedBadRowsMaximum = 10
    /// Links that are followed from one to the next to find the file to write.
    package static let linksMaximum = 40
}

/// Greatest sizes of companies' papers.
package enum PaperLimits {
    /// Bytes of a record of a JSON list that is read record by record.
    package static let recordBytesMaximum = 16 << 20
    /// Records of a ledger that wait until the file tells how its dates and amounts are written.
    package static let waitingRecordsMaximum = 1 << 18
    /// Lines of a ledger that are held against each other to find what stands there twice.
    package static let comparedLinesMaximum = 1 << 18
    /// Lines of an entry that are kept until it ends: one that closes a year is taken back. A
    /// longer one cannot be.
    package static let entryLinesKeptMaximum = 1 << 17
    /// Papers of one run.
    package static let papersMaximum = 100_000
    /// Bytes of a paper that is read whole, after unpacking: a document of JSON.
    package static let documentBytesMaximum = 256 << 20
    /// Findings of one kind that are kept of a paper; the others are counted.
    package static let findingsPerCodeMaximum = 200
    /// Names of columns or members that are looked at to tell what a paper is.
    package static let marksMaximum = 4_096
    /// Bytes of a marked number, or of an attribute of one, in a report.
    package static let inlineTextBytes = 1_024
    /// Contexts of a report: times and parts of a company.
    package static let inlineContextsMaximum = 1 << 18
    /// Marked numbers of a report that are used.
    package static let inlineFactsMaximum = 1 << 18
    /// Filings of lists of them that belong together.
    package static let dataSetFilingsMaximum = 1 << 20
    /// Numbers of such filings that are used.
    package static let dataSetNumbersMaximum = 1 << 23
}

/// Limits of a process beside what it serves.
package enum ProcessLimits {
    /// Bytes of a file of settings.
    package static let settingsFileBytes = 1 << 20
    /// Bytes of log lines that wait for whoever reads the log; more are dropped and counted.
    package static let logQueueBytes = 1 << 20
    /// Time for which a line of the access log waits for others, in milliseconds.
    package static let logGatherMilliseconds = 5
    /// Time that a process which ends gives its last log lines.
    package static let logFlushSeconds = 2
    /// Free memory that a thread keeps behind what it uses, in bytes; the rest is the system's. It
    /// holds the pieces of one block, so that work that goes on takes none from the system.
    package static let threadFreeBytesMax = 4 << 20
    /// Steps of nice by which threads that score, assess, unpack and read let event loops go first.
    package static let workerNiceness = 10
    /// Event loops that can be asked for.
    package static let threadsMax = 1_024
    /// Time for calls to finish when the server stops that can be asked for.
    package static let drainTimeoutSecondsMax = 86_400
    /// Time between NOT_SERVING and the stop that can be asked for.
    package static let drainDelaySecondsMax = 3_600
    /// Bytes of the path of a socket that is a file: what Linux has room for, with the zero behind.
    package static let socketPathBytesMax = 107
    /// Addresses that can be listened on.
    package static let listenAddressesMax = 16
    /// Sockets that whoever started the process may pass along.
    package static let passedSocketsMax = 64
    /// Time in which a process that takes over must have loaded its models and listen.
    package static let handOverSeconds = 300
    /// Bytes of a file with a token of a client.
    package static let tokenFileBytes = 16 << 10
    /// Time between two looks at files that can be asked for, in seconds.
    package static let reloadIntervalSecondsMax = 86_400
}

/// Limits of a client.
package enum ClientLimits {
    /// Attempts of a call: gRPC allows no more, so that a client does not drown a server that comes
    /// back.
    package static let attempts = 4
    /// Attempts that do not count because they never left the client.
    package static let freeAttempts = 4
    /// Attempts that do not count because the server says that it has not begun them: gRPC's.
    package static let refusedAttempts = 1
    /// Responses with a status of 1xx before the response of a call.
    package static let interimResponses = 64
    /// Servers of a configuration, and addresses of one name.
    package static let addresses = 64
    /// Models whose features are kept: more than a server holds.
    package static let knownModels = 256
    /// Models whose quantiser is kept, or that there is none: more than a server holds.
    package static let knownQuantisers = 512
    /// Models, and pages of them, of a list: far more than a server holds.
    package static let listedModels = 1_024
    /// Companies of one message of those that are assessed together.
    package static let companiesOfMessage = 256
    /// Companies of one message of those that the command line has decided on together.
    package static let decidedTogether = 1_024
    /// Messages of companies that are sent before the first answer is taken.
    package static let assessedMessages = 2
    /// Bytes of a part of a paper that a server is to read.
    package static let paperPartBytes = 1 << 20
    /// Seconds for which a stream with a job is begun again and again while no block is answered.
    package static let jobPatienceSeconds: Int64 = 120
    /// Tables of a stream of assessments with a job that wait for their answers.
    package static let jobTables = 8
    /// Seconds that a call may take that checks or uploads a policy, unless its caller says so.
    package static let policySeconds: Int64 = 60
    /// Memory that decoding an answer may take beside four times its own size, in bytes.
    package static let answerMemoryBytes = 1 << 20
    /// Bytes of messages of a stream that may wait to be sent.
    package static let outboxBytes = 4 << 20
    /// Bytes of messages of a stream that may wait to be read before the server is held.
    package static let inboxBytes = 4 << 20
    /// Methods whose path is kept: far more than the API has.
    package static let knownPaths = 64
    /// Bytes of a name in a certificate that are shown: it is a stranger's.
    package static let shownNameBytes = 200
    /// First bytes of an answer that are kept to tell what other protocol it is.
    package static let firstBytes = 24
}

/// Sizes of what tells callers apart: files of access, tokens, claims.
package enum AccessLimits {
    /// Bytes of a file of access, of tokens or of keys.
    package static let fileBytes = 16 << 20
    /// Levels of brackets in such a file, and in a claim.
    package static let depth = 16
    /// Identities of an access file.
    package static let identities = 65_536
    /// Tokens of a file.
    package static let tokens = 65_536
    /// Keys of a set.
    package static let keys = 64
    /// Bytes of the modulus of a key.
    package static let keyBytes = 1_024
    /// Roles, methods, models or certificates of one entry, and entries of a claim.
    package static let names = 256
    /// Bytes of an identity.
    package static let identityBytes = 256
    /// Bytes of a certificate's names that are shown in a message.
    package static let shownNameBytes = 512
    /// Calls a second, or at once, that a file may allow.
    package static let calls = 1_000_000_000
    /// Identities with limits of which is known what they take.
    package static let usages = 65_536
    /// By how much clocks may differ, for claims that begin or end.
    package static let clockLeewaySeconds: Int64 = 60
    /// Largest magnitude of a time in a claim, in seconds since 1970.
    package static let secondsMagnitude = 1e15
}

/// Sizes of what is sent to a collector of telemetry.
package enum TelemetryLimits {
    /// Spans that wait; more are dropped and counted.
    package static let waitingSpans = 8_192
    /// Spans of one push.
    package static let spansOfPush = 512
    /// Time between two looks whether there is something to push, in milliseconds.
    package static let pushMilliseconds = 1_000
    /// Time for a push, in seconds.
    package static let pushTimeoutSeconds: Int64 = 10
    /// Time for a connection, in seconds.
    package static let connectTimeoutSeconds: Int64 = 5
    /// Time for the last push when the server stops, in seconds.
    package static let lastPushSeconds = 3
    /// Longest time between two attempts while the collector is away, in seconds.
    package static let backoffSecondsMax = 60
    /// Time between two pushes of metrics that can be asked for, in seconds.
    package static let intervalSecondsMax = 86_400
    /// Lines of further metadata of a push.
    package static let metadata = 64
    /// Bytes of a file of these.
    package static let metadataFileBytes = 64 << 10
}

/// Sizes of the page of metrics.
package enum MetricsLimits {
    /// Connections at a time.
    package static let connections = 64
    /// Time in which a connection must bring a request and take the answer, counted from the answer
    /// before.
    package static let exchangeTimeoutSeconds: Int64 = 60
}

/// Sizes of tables whose rules are found as sets of bits.
package enum RuleTableLimits {
    /// Rules of a table.
    package static let rules = 1 << 20
    /// Classes of the values of an input, that of no value included.
    package static let classes = 1 << 15
    /// Bytes of the sets of a table.
    package static let setBytes = 1 << 28
}

/// Sizes of what compiled decision tables work on.
package enum CompiledTableLimits {
    /// Rows of a block.
    package static let blockRows = 4_096
    /// Cells and decisions left to the interpreter that are told one by one.
    package static let remarks = 100
    /// Rules of a table whose outputs look alike and are not: beyond that the interpreter compares
    /// them, row by row.
    package static let alikeRules = 256
    /// Values that the cells of an input are tried on, one by one.
    package static let tries = 1 << 20
    /// Combinations of texts, or of a rule with texts, for which is kept what an input or result of
    /// a table is.
    package static let keptCombinations = 1 << 16
    /// Sets of rules of a table that takes rules together which have numbers; rows with others are
    /// decided one by one.
    package static let ruleSets = 1 << 12
}

/// Sizes of what is told of decision tables.
package enum LintLimits {
    /// Findings of a kind of a table that are told one by one.
    package static let findings = 100
    /// Texts of a value that are held against those which cells name; more are no classes.
    package static let knownTexts = 4_096
}

/// Sizes of expressions of decision models, and of what they compute.
package enum FEELLimits {
    /// Bytes of the text of an expression.
    package static let textBytes = 1 << 20
    /// How deep expressions are nested in each other.
    package static let nesting = 100
    /// Steps of a compiled expression.
    package static let nodes = 65_536
    /// Names that an expression binds: of loops, entries and parameters.
    package static let slots = 4_096
    /// Problems of an expression that are told.
    package static let problems = 20
    /// Steps of an evaluation: one for each step of an expression, value of a list and 64 bytes of
    /// text that is made or compared.
    package static let evaluationSteps = 500_000
    /// How deep an evaluation goes: steps within steps, through the functions that are called.
    package static let evaluationDepth = 1_000
    /// Values that functions which call each other keep meanwhile.
    package static let stackValues = 1 << 20
    /// Values of a list, and entries of a context, that an expression makes.
    package static let listElements = 100_000
    /// How deep lists and contexts are nested in each other.
    package static let valueNesting = 100
    /// Bytes of a text that an expression makes.
    package static let stringBytes = 1 << 20
    /// Messages that an evaluation keeps.
    package static let messages = 16
    /// Bytes of what a message shows of a value or name.
    package static let shownBytes = 60
    /// Bytes of a pattern.
    package static let patternBytes = 4 << 10
    /// Steps of a compiled pattern: those of counted repetitions are written out.
    package static let patternSteps = 10_000
    /// How deep the groups of a pattern are nested.
    package static let patternNesting = 50
    /// Steps that a pattern may take on one text.
    package static let matchSteps = 1_000_000
    /// Places of a text to which a pattern can go back.
    package static let matchBacktracks = 100_000
    /// Bytes of the text of a date, time or duration.
    package static let dateBytes = 128
    /// Bytes of the name of a time zone.
    package static let zoneNameBytes = 64
    /// Bytes of the file of a time zone.
    package static let zoneFileBytes = 64 << 10
}

/// Sizes of decision models.
package enum DecisionLimits {
    /// Bytes of a file of a model, or of its tests.
    package static let fileBytes = 16 << 20
    /// Files of a model, with those that it imports.
    package static let files = 64
    /// Elements of a file.
    package static let elements = 500_000
    /// Types that a file defines.
    package static let itemDefinitions = 2_000
    /// Parts of a type, with those of the types that it is made of.
    package static let typeParts = 10_000
    /// Inputs, decisions, functions and services of a model.
    package static let nodes = 5_000
    /// Longest chain of decisions and functions that need each other.
    package static let requirementDepth = 200
    /// Names that an expression of a model may use, beside those of the language.
    package static let scopeNames = 1_000
    /// How deep expressions of a model, types and values of tests are nested.
    package static let boxedNesting = 64
    /// Rules of a table.
    package static let tableRules = 20_000
    /// Inputs and outputs of a table.
    package static let tableColumns = 256
    /// Cells of all tables of a model.
    package static let cells = 200_000
    /// Answers of tables that an evaluation keeps.
    package static let outcomes = 10_000
}

/// Sizes of policies: what a directory of one may hold.
package enum PolicyLimits {
    /// Files of a policy.
    package static let files = 512
    /// Bytes of all files of a policy.
    package static let bytes = 64 << 20
    /// Bytes of a file that is no decision model and no test: texts, catalogues, tables, scenarios.
    package static let partBytes = 4 << 20
    /// Levels of brackets in such a file, and in facts of a company.
    package static let jsonDepth = 16
    /// Bytes of a name or version.
    package static let nameBytes = 128
    /// Bytes of a text for people.
    package static let textBytes = 8 << 10
    /// Inputs that a policy declares.
    package static let inputs = 512
    /// Roles with amounts up to which they may grant.
    package static let roles = 64
    /// Days that an override or a temporary limit can be let stand.
    package static let overrideDays = 366
    /// Reference tables.
    package static let tables = 64
    /// Rows of a reference table.
    package static let tableRows = 20_000
    /// Columns of a reference table, and of a table of scenarios.
    package static let tableColumns = 1_024
    /// Guarantees of a catalogue.
    package static let guarantees = 256
    /// Clauses of a library.
    package static let clauses = 1_024
    /// Rules that have texts.
    package static let ruleTexts = 20_000
    /// Findings that are let stand, each with its reason.
    package static let waivers = 1_024
    /// Scenarios of a file.
    package static let scenarios = 10_000
    /// Days beyond which a date of a limit or fact is not computed.
    package static let days = 36_525
    /// Days of a term of payment, and of a discount for early payment: five years.
    package static let termDays = 1_830
    /// Months after which a limit is looked at again.
    package static let reviewMonths = 120
    /// Rules that nearly matched which an explanation tells.
    package static let nearMisses = 3
    /// Classes, actions, terms and lists of guarantees or clauses that a decider of blocks keeps
    /// from one block to the next.
    package static let blockNames = 1 << 12
    /// Changed companies that a comparison of policies lists; the others are counted.
    package static let listedChanges = 1_000
    /// Greatest changes that a simulation tells where nobody says how many.
    package static let shownChanges = 20
    /// Names of a portfolio's companies that are kept to tell which stand in it twice.
    package static let portfolioNames = 1 << 20
    /// Versions of policies in a directory of them.
    package static let shelfPolicies = 256
    /// Bytes of the files of all of them.
    package static let shelfBytes = 256 << 20
    /// Records of who activated, approved and withdrew what, of one policy.
    package static let records = 10_000
    /// Bytes of such a record.
    package static let recordBytes = 32 << 10
    /// Seconds since 1970 beyond which a record cannot be: the end of the year 9999.
    package static let seconds = 253_402_300_799
    /// Problems of the policies of a directory that are told.
    package static let shelfProblems = 100
    /// Versions of policies that a page of ListPolicies has.
    package static let pagePolicies = 100
    /// Bytes of a part of a file that is uploaded.
    package static let uploadPartBytes = 1 << 20
    /// How often a record is tried to be added, where others add at the same time.
    package static let recordTries = 100
    /// Tests and scenarios of a policy that may hold: all are run before.
    package static let gateCases = 10_000
    /// Seconds for which the rules of a policy are looked at before it may hold.
    package static let lintSeconds = 20
    /// Reasons why a policy may not hold that one message tells.
    package static let shownObstacles = 20
}

/// Sizes of alerts: rules about companies, and where each company stands with each rule.
package enum AlertLimits {
    /// Bytes of the name of a portfolio, company or rule.
    package static let nameBytes = 128
    /// Bytes of a rule as a document, and of what is kept of an alert.
    package static let documentBytes = 64 << 10
    /// Levels of brackets in such a document.
    package static let jsonDepth = 8
    /// Runs in a row that have to pass the edge before an alert is raised.
    package static let confirmRuns = 100
    /// Days for which an alert stays after the value has passed back.
    package static let keepForDays = 366
    /// Runs without a value after which that is told.
    package static let noDataRuns = 250
    /// Days over which a rule looks for a change.
    package static let windowDays = 366
    /// Kinds of legal events that rules can name together.
    package static let legalEvents = 64
    /// Days for which an alert can be put off.
    package static let snoozeDays = 366
    /// Bytes of what somebody writes beside what he does.
    package static let noteBytes = 2 << 10
    /// Rules that are evaluated together.
    package static let rules = 1_024
    /// Companies of a block of columns.
    package static let blockRows = 1 << 16
    /// Days of the past on which a rule is tried.
    package static let trialDays = 4_000
    /// Companies on which a rule is tried at once.
    package static let trialCompanies = 200_000
    /// What a rule would have told, of which more is only counted.
    package static let trialEvents = 1_000
    /// Rules of a portfolio.
    package static let portfolioRules = 64
    /// Alerts that somebody does something with at once.
    package static let actedOn = 1_000
    /// Runs before, of which an explanation tells.
    package static let explainedRuns = 30
    /// Events that are sent at once to one who watches.
    package static let watchEvents = 256
    /// Events of all portfolios that one who catches up goes through at once.
    package static let watchSpan = 1 << 16
    /// Calls that watch at a time.
    package static let watchesMax = 1_000
    /// The same of one connection, or of one caller where they are told apart.
    package static let connectionWatchesMax = 100
    /// Bytes to one who watches that wait to be sent, above which he is told no more for now.
    package static let watchUnsentBytes = 64 << 10
    /// Time between two looks at the store for those who watch, in milliseconds.
    package static let watchPollMilliseconds = 1_000
    /// Time after which one who watches hears that all is well, in seconds.
    package static let watchHeartbeatSeconds = 15
    /// What is told of a company in one event of the stream.
    package static let groupEvents = 32
    /// Moves from class to class that are told of another model.
    package static let classMovesTold = 100
    /// Sizes and moves by which the counts of another model are kept.
    package static let modelMoves = 1 << 16
    /// Largest companies of which the part that they owe is looked at together.
    package static let largestCompanies = 10
}

/// Sizes of collection: scenarios, and what is recorded of customers.
package enum CollectionLimits {
    /// Days back for which it is told what was open.
    package static let receivablesDays = 30
    /// Bytes of scenarios as a document.
    package static let scenarioBytes = 1 << 20
    /// Levels of brackets in such a document.
    package static let jsonDepth = 8
    /// Scenarios of a document.
    package static let scenarios = 64
    /// Segments of a scenario.
    package static let segments = 256
    /// Half-years whose rates of interest scenarios give.
    package static let interestRates = 400
    /// Levels of a scenario.
    package static let levels = 16
    /// Days that a scenario can name.
    package static let scenarioDays = 3_660
    /// Cents of an amount that a scenario can name.
    package static let scenarioCents = 1_000_000_000_000
    /// Bytes of the name of a scenario, a segment or a person.
    package static let nameBytes = 128
    /// Bytes of a text of letters in one language.
    package static let letterTextBytes = 16 << 10
    /// Bytes of a number of an invoice that somebody names.
    package static let referenceBytes = 256
    /// Bytes of what somebody writes beside what he does.
    package static let noteBytes = 2 << 10
    /// Promises, disputes, overrides and notes that are kept of a customer, each.
    package static let customerRecords = 1_000
    /// Days for which a customer can be left alone, or that he can promise to pay within.
    package static let putOffDays = 366
    /// Invoices of all companies of a portfolio that is looked at.
    package static let bookInvoices = 1_000_000
    /// Days past due up to which late interest is counted.
    package static let interestDays = 3_660
}

/// What the store of portfolios may take.
package enum StoreLimits {
    /// Companies that a policy is asked about for a list of opportunities.
    package static let opportunitiesAskedMax = 1_000
    /// Companies of a list of opportunities.
    package static let opportunitiesMax = 500
    /// Days back for which figures of a portfolio are told.
    package static let trendDaysMax = 366
    /// Statements that a connection keeps prepared.
    package static let preparedStatementsMax = 256
    /// Time that a statement waits for what another one holds, in milliseconds.
    package static let busyMilliseconds = 5_000
    /// Time that a statement of PostgreSQL may take, in milliseconds.
    package static let statementMilliseconds = 600_000
    /// Time to connect to PostgreSQL, in seconds.
    package static let connectSeconds = 5
    /// Time after which a silent connection to PostgreSQL is probed, in seconds.
    package static let keepAliveSeconds = 10
    /// Time that PostgreSQL may leave what was sent unacknowledged, in milliseconds.
    package static let unansweredMilliseconds = 30_000
    /// Time between two words of a server to the others of its database, in milliseconds.
    package static let bellMilliseconds = 100
    /// Time after which a lost connection for such words is made again, in milliseconds.
    package static let bellPauseMilliseconds = 1_000
    /// Oldest PostgreSQL, as libpq numbers versions: 13.
    package static let postgresqlVersionMin = 130_000
    /// Pages of SQLite's file that its writer keeps, in KiB, and as much of its temporary tables.
    package static let cacheKibibytes = 64 << 10
    /// Bytes of SQLite's journal that stay on disk between writes.
    package static let journalBytesMax = 64 << 20
    /// Bytes of rows that are sent to PostgreSQL at once.
    package static let copyBytes = 256 << 10
    /// Times that a transaction is tried which others keep from its end.
    package static let attemptsMax = 8
    /// Bytes of a value in a backup.
    package static let valueBytesMax = 256 << 20
    /// Columns of a table in a backup.
    package static let tableColumnsMax = 256
    /// Bytes of a backup that are written at once.
    package static let backupBytes = 256 << 10
    /// Companies that figures of risk name, in each of their lists.
    package static let riskCompaniesMax = 1_000
    /// Portfolios, roles and other records of a list.
    package static let listedMax = 1_000
    /// Facts that a run over what arrived looks at.
    package static let arrivalFactsMax = 10_000
    /// Time for which a block of a run is somebody's, in microseconds.
    package static let leaseMicroseconds = 60_000_000
    /// Time by which clocks of servers may differ; what would take longer than it can by more than
    /// this is of a clock that was set back. In microseconds.
    package static let clockSlackMicroseconds = 600_000_000
    /// Roles of a caller by which portfolios are shared with him.
    package static let viewerRoles = 64
    /// Bytes of a company's identifier that the user gave it.
    package static let ownIdentityBytes = 128
    /// Bytes of the name of a portfolio.
    package static let portfolioNameBytes = 128
    /// Bytes of the note of a portfolio.
    package static let noteBytes = 2 << 10
    /// Companies that a call names one by one.
    package static let namedCompaniesMax = 1_000
    /// Portfolios or companies of a page whose size is left to the server.
    package static let pageSize = 100
    /// Bytes of a company's name.
    package static let companyNameBytes = 512
    /// Bytes of the user's own number for a company.
    package static let companyReferenceBytes = 128
    /// Lines of a file of companies.
    package static let companyLinesMax = 50_000_000
    /// Companies of a file that have no SIREN.
    package static let companiesWithoutSIRENMax = 4_000_000
    /// Lines of a file of companies that are told by number when they are left out.
    package static let refusedLinesTold = 1_000
    /// Migrations that a store may tell of.
    package static let migrationsMax = 10_000
    /// Bytes of the content of a fact of a company.
    package static let factBytesMax = 16 << 20
    /// Bytes of the text that says where a fact comes from.
    package static let factSourceBytesMax = 256
    /// Facts that are looked up and written at once.
    package static let factsAtOnceMax = 4_096
    /// Bytes of their contents after which no more are taken.
    package static let factsAtOnceBytes = 8 << 20
    /// Statements and events that a company is assessed by.
    package static let assessedFactsMax = 16_384
    /// Bytes of their contents.
    package static let assessedFactsBytesMax = 64 << 20
    /// Facts that one call records.
    package static let recordedFactsMax = 100_000
    /// Slots whose facts are read in one go: a block of the daily universe.
    package static let factSlotsMax = 1 << 16
    /// Days for which something is kept: a hundred years.
    package static let retentionDaysMax = 36_525
    /// Rows that a sweep deletes in one transaction.
    package static let sweptRowsMax = 5_000
    /// Bytes of the reason of a legal hold.
    package static let holdReasonBytesMax = 256
    /// Erasures of a list.
    package static let erasuresMax = 1 << 20
    /// Bytes of a list of erasures.
    package static let erasureListBytesMax = 64 << 20
    /// Greatest slot of a list of erasures: so that slots can be given after it.
    package static let erasedSlotMax = 1 << 40
}

/// Sizes of segments of portfolios.
package enum SegmentLimits {
    /// Segments of a portfolio.
    package static let portfolioSegments = 64
    /// Bytes of the name of a segment.
    package static let segmentNameBytes = 128
    /// Bytes of what it is for.
    package static let segmentNoteBytes = 2 << 10
    /// Bytes of its condition.
    package static let segmentConditionBytes = 4 << 10
    /// Steps of its condition.
    package static let segmentConditionSteps = 512
    /// Bytes of a segment as a document.
    package static let segmentDocumentBytes = 16 << 10
    /// Levels of brackets in such a document.
    package static let segmentDocumentDepth = 4
    /// Companies times steps that are looked at for one answer.
    package static let segmentSteps = 100_000_000
    /// Companies that the trial of a segment tells one by one, of each kind.
    package static let triedCompanies = 1_000
    /// Bytes of the sector of a company.
    package static let sectorBytes = 16
    /// Bytes of its legal form.
    package static let legalFormBytes = 128
    /// Words that a portfolio puts to a company.
    package static let companyTags = 32
    /// Bytes of such a word.
    package static let tagBytes = 64
}

/// What runs over the companies of portfolios may take.
package enum RescoringLimits {
    /// Times that a block of a run may fail before the run does.
    package static let blockFailures = 5
    /// Times that whoever works on a block may be killed, or lose the store, before the run fails:
    /// many, since that says more of the servers than of the block; with an end, for a block that
    /// kills its server each time.
    package static let blockLosses = 256
    /// Slots whose companies are in memory at a time.
    package static let partSlots = 4_096
    /// Companies that are scored at once.
    package static let batchCompanies = 512
    /// Bytes of their facts after which no more are taken.
    package static let batchBytes = 32 << 20
    /// Facts of one company that are looked at.
    package static let companyFacts = 10_000
    /// Of so many companies fewer than one are read one by one.
    package static let readAlonePart = 8
    /// Time between two looks whether a run is due, in microseconds.
    package static let lookMicroseconds = 1_000_000
    /// Time between two runs over what arrived, in microseconds.
    package static let arrivalMicroseconds = 5_000_000
    /// Time after which a run on which nobody works is taken for forgotten, in microseconds.
    package static let forgottenMicroseconds = 3_600_000_000
    /// Time between two looks for work of a thread that found none, in milliseconds.
    package static let pollMilliseconds = 250
    /// Runs that wait at a time.
    package static let openRunsMax = 100
    /// Days back for which it is told how scores changed: ten years.
    package static let historyDays = 3_660
}

/// Sizes of inboxes of papers.
package enum InboxLimits {
    /// Seconds for which a file has to stand still before it is read.
    package static let stillSeconds = 5
    /// Seconds after which a file that could not be moved is looked at again.
    package static let stuckSeconds = 30
    /// Seconds between two looks at a folder.
    package static let lookSeconds = 2
    /// Files that are looked at together; others wait for their turn.
    package static let filesTogetherMax = 4_096
    /// Bytes of a file.
    package static let fileBytesMax = 256 << 20
    /// Bytes that it may come to unpacked.
    package static let unpackedBytesMax = 512 << 20
    /// Files of one name that are kept.
    package static let sameNamesMax = 10_000
    /// Companies that a report tells by number when they are left out.
    package static let companiesTold = 1_000
    /// Findings that a report tells.
    package static let findingsTold = 100
}

/// Sizes of the history of scores.
package enum HistoryLimits {
    /// Slots of a block.
    package static let blockSlots = 1 << 16
    /// Columns of a block.
    package static let columns = 240
    /// Bytes of a frame: a key frame of so many columns that cannot be packed has fewer.
    package static let frameBytes = 64 << 20
    /// Bytes of name and version of a model.
    package static let modelBytes = 255
    /// Frames that stand one on the other, after the key frame that the first stands on.
    package static let deltaFrames = 400
    /// Companies that are told of those whose scores rose, and of those whose scores fell.
    package static let movers = 10_000
    /// Cents that no exposure reaches: some 700 thousand million euros.
    package static let exposureCents: Int64 = 1 << 46
    /// Bytes of figures that were kept: those of which no table has a 0 have fewer.
    package static let figureBytes = 4 << 20
}

/// What a universe of companies may take.
package enum UniverseLimits {
    /// Universes of a store.
    package static let universes = 64
    /// Blocks of a universe: 33 million companies, those that have left among them.
    package static let blocks = 512
    /// Columns of inputs.
    package static let inputs = 239
    /// Bytes of the name of a column.
    package static let columnNameBytes = 128
    /// Texts of a column of categories.
    package static let texts = 1 << 17
    /// Bytes of a text of a category.
    package static let textBytes = 512
    /// Bytes of all texts of a universe that are read.
    package static let allTextsBytes = 64 << 20
    /// Companies of a message of a load.
    package static let messageRows = 1 << 16
    /// Bytes of a message of a load.
    package static let messageBytes = 4 << 20
    /// Bytes that a load keeps in a file until all have come.
    package static let loadBytes = 64 << 30
    /// Parts of that file.
    package static let loadParts = 1 << 24
    /// Loads at a time: one of 33 million companies takes 0.5 GB.
    package static let loads = 2
    /// Time for which a load is somebody's after its last message, in microseconds.
    package static let loadMicroseconds = 600_000_000
    /// Frames of inputs that stand one on the other behind a key frame.
    package static let inputDeltaFrames = 15
    /// Runs that wait at a time.
    package static let openRuns = 32
    /// Runs of a list.
    package static let listedRuns = 400
    /// Companies that are told of those that moved most up, and as many of those down.
    package static let movers = 1_000
    /// Companies of a message of an export.
    package static let exportRows = 16_384
}

/// Sizes of messages to others, and of what they are signed with.
package enum WebhookLimits {
    /// Least bytes of a secret.
    package static let secretBytesLeast = 24
    /// Bytes of a secret.
    package static let secretBytes = 64
    /// Seconds by which the time of a message may differ from that of its receiver.
    package static let toleranceSeconds = 300
    /// Bytes of the identifier of a message.
    package static let identifierBytes = 128
    /// Bytes of the body of a message.
    package static let bodyBytes = 20_000
    /// Signatures of a message.
    package static let signatures = 8
    /// Seconds for which a secret signs beside the one that takes its place: a month.
    package static let rotationSeconds = 2_678_400
    /// Tries of a message.
    package static let tries = 32
    /// Seconds between two tries, whatever the receiver asks for: two days.
    package static let retryDelaySeconds = 172_800
    /// Bytes of the address of an endpoint.
    package static let urlBytes = 2_048
    /// Networks that are called although they are not of the internet.
    package static let allowedNetworks = 256
}

/// What telling others of events may take.
package enum DeliveryLimits {
    /// Endpoints and mail subscriptions of a store.
    package static let targetsMax = 500
    /// Those of one portfolio.
    package static let portfolioTargetsMax = 20
    /// Kinds of events that one of them names.
    package static let kindsMax = 32
    /// Bytes of the name of a kind.
    package static let kindBytes = 64
    /// Messages to one of them that wait: further events wait in the stream.
    package static let waitingMax = 1_000
    /// Events that are made messages of at once.
    package static let eventsAtOnceMax = 200
    /// Threads that send.
    package static let senderThreads = 16
    /// Of them, those that send to one receiver at once.
    package static let receiverThreads = 4
    /// Of them, those that send to receivers whose last answer was none or bad.
    package static let unwellThreads = 8
    /// Time between two looks at the store, in milliseconds.
    package static let lookMilliseconds = 200
    /// Time in which a receiver must take a connection, in milliseconds.
    package static let connectMilliseconds = 5_000
    /// Time in which a receiver must answer, in milliseconds.
    package static let answerMilliseconds = 15_000
    /// Time for which a message is one server's, in microseconds: longer than sending takes.
    package static let leaseMicroseconds = 30_000_000
    /// Addresses of a receiver that are tried.
    package static let addressesMax = 8
    /// Bytes of an answer's headers.
    package static let answerHeaderBytesMax = 32 << 10
    /// Bytes of an answer's body that are read, and thrown away.
    package static let answerBodyBytesMax = 16 << 10
    /// Bytes of a header that is looked at.
    package static let answerValueBytesMax = 128
    /// Time for which a receiver is left alone that says that it is too much, in seconds.
    package static let throttleSeconds = 5
    /// Bytes of an address of mail.
    package static let mailAddressBytes = 254
    /// Events that one mail lists.
    package static let mailEventsMax = 100
    /// Sentences that a mail tells below one event.
    package static let mailDetailsMax = 8
    /// Events that are looked at for one mail.
    package static let mailScanMax = 10_000
    /// Bytes of the file of a key or a password.
    package static let secretFileBytesMax = 4_096
    /// Days for which messages that were taken are listed.
    package static let listedDays = 30
    /// Of those that are older, how many are deleted at once.
    package static let deletedAtOnceMax = 1_000
    /// Threads that send what somebody tries out.
    package static let trialThreads = 2
}

/// Companies that are found by name and place.
package enum MatchLimits {
    /// Bytes of a name, a town or a street that are looked at.
    package static let matchedTextBytesMax = 512
    /// Bytes of a word that are compared.
    package static let wordBytesMax = 32
    /// Words of a name that are compared.
    package static let wordsMax = 16
    /// Companies that can be known at a time.
    package static let companiesMax = 16_000_000
    /// Places of business of a company that are looked at.
    package static let placesMax = 64
    /// Names of a company that are looked at.
    package static let namesMax = 32
    /// Lines of a file whose companies are looked for.
    package static let linesMax = 1_000_000
    /// Names whose likeness is worked out for a line, the likeliest of those that share words.
    package static let comparedMax = 32
    /// Places in lists of names by word that are gone through for a line.
    package static let listedMax = 20_000
    /// Companies that are told for a line.
    package static let candidatesMax = 5
}

/// What streams of rows with a name leave behind.
package enum JobLimits {
    /// Bytes of the name of a job.
    package static let jobIdentifierBytes = 128
    /// Jobs of one caller; where callers are not told apart, of all.
    package static let jobsOfOneMax = 100
    /// Jobs of all callers.
    package static let jobsMax = 1_000
    /// Blocks of a job.
    package static let jobBlocksMax = 1 << 20
    /// Bytes that the answers of a job take in the store.
    package static let jobBytesMax = 16 << 30
    /// Bytes that the answers of all jobs take there.
    package static let allJobsBytesMax = 64 << 30
    /// Bytes by which a job grows before those of all are looked at again.
    package static let jobGrowthBytes = 16 << 20
    /// Bytes of the answer to one block.
    package static let jobAnswerBytes = 256 << 20
    /// Time for which a job is kept after what happened to it last, in microseconds.
    package static let jobKeptMicroseconds = 86_400_000_000
    /// Time between two looks which jobs are over, in microseconds.
    package static let jobLookMicroseconds = 60_000_000
    /// Most by which the time of jobs moves on at a look, in microseconds.
    package static let jobStepMicroseconds = 120_000_000
    /// Blocks of jobs that are deleted in one transaction.
    package static let jobSweptBlocks = 256
    /// Streams with a job at a time.
    package static let jobStreams = 64
    /// The same of one connection, or of one caller where they are told apart.
    package static let connectionJobStreams = 16
    /// Blocks of such a stream that have come and are not answered.
    package static let jobStreamBlocks = 32
    /// Bytes of these blocks and of their answers, from which on no more is read.
    package static let jobStreamBytes = 16 << 20
    /// Blocks that are looked up at a time.
    package static let jobLookedBlocks = 8
    /// Bytes of their answers after which no more are read from the store.
    package static let jobReadBytes = 4 << 20
    /// Fetches of jobs at a time.
    package static let jobFetches = 16
    /// The same of one connection, or of one caller where they are told apart.
    package static let connectionJobFetches = 4
    /// Threads that read and keep answers of jobs.
    package static let jobThreads = 4
}

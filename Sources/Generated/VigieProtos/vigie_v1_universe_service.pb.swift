// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/universe_service.proto; do not edit.

package import ProtobufCoding

/// A message of a load.
package struct Vigie_V1_LoadUniverseRequest: ProtobufMessage {
    /// What the load brings: the first message.
    package var header: Vigie_V1_LoadUniverseHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_LoadUniverseHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies: each message behind it.
    package var rows: Vigie_V1_UniverseRows {
        get {
            if case .rows(let value)? = message { return value }
            return Vigie_V1_UniverseRows()
        }
        set { message = .rows(newValue) }
    }

    /// One of them.
    package var message: OneOf_Message?

    /// One of them.
    package indirect enum OneOf_Message: Sendable {
        /// What the load brings: the first message.
        case header(Vigie_V1_LoadUniverseHeader)
        /// Companies: each message behind it.
        case rows(Vigie_V1_UniverseRows)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LoadUniverseRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_LoadUniverseHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_UniverseRows()
                if case .rows(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .rows(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .rows(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// What a load brings.
package struct Vigie_V1_LoadUniverseHeader: ProtobufMessage {
    /// The name of the universe, which is made where there is none.
    package var universe: String = ""

    /// The day as of which the inputs are, as YYYY-MM-DD. Empty means today.
    package var asOfDate: String = ""

    /// Whether companies that are not named stay as they are. Otherwise the load is all
    /// of the universe, and they have left.
    package var isChange: Bool = false

    /// Columns of numbers, by the names of a model's inputs.
    package var columns: [String] = []

    /// Columns of texts.
    package var textColumns: [String] = []

    /// Columns of texts that are no inputs: when one is another than before, data of
    /// the company arrived.
    package var markColumns: [String] = []

    /// Whether rows say what companies owe.
    package var hasExposures: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LoadUniverseHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: isChange = try reader.bool()
            case 34: try reader.strings(&columns)
            case 42: try reader.strings(&textColumns)
            case 50: try reader.strings(&markColumns)
            case 56: hasExposures = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, asOfDate)
        writer.bool(24, isChange)
        writer.strings(34, columns)
        writer.strings(42, textColumns)
        writer.strings(50, markColumns)
        writer.bool(56, hasExposures)
    }
}

/// Companies of a load, each once in all of it: at most 65,536.
package struct Vigie_V1_UniverseRows: ProtobufMessage {
    /// The SIREN of each.
    package var sirens: [UInt32] = []

    /// Their numbers, column after column; NaN is missing.
    package var floatValues: [Float] = []

    /// Their texts: the columns of texts, then those of marks.
    package var textColumns: [Vigie_V1_UniverseTexts] = []

    /// What each owes, in cents.
    package var exposuresCents: [Int64] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseRows" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 13, 10: try reader.fixed32s(tag, &sirens)
            case 21, 18: try reader.floats(tag, &floatValues)
            case 26: try reader.messages(&textColumns)
            case 33: exposuresCents.append(try reader.sfixed64())
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    exposuresCents.append(try reader.sfixed64())
                }
                reader.leave(outer)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.fixed32s(10, sirens)
        writer.floats(18, floatValues)
        writer.messages(26, textColumns)
        if !exposuresCents.isEmpty {
            let start = writer.open(34)
            for value in exposuresCents { writer.sfixed64(value) }
            writer.close(start)
        }
    }
}

/// A column of texts.
package struct Vigie_V1_UniverseTexts: ProtobufMessage {
    /// The different texts.
    package var dictionary: [[UInt8]] = []

    /// For each company 0 for none, or the place of its text, from 1.
    package var codes: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseTexts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.blobs(&dictionary)
            case 21, 18: try reader.fixed32s(tag, &codes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.blobs(10, dictionary)
        writer.fixed32s(18, codes)
    }
}

/// What a load did.
package struct Vigie_V1_LoadUniverseResponse: ProtobufMessage {
    /// The universe as it is now.
    package var universe: Vigie_V1_Universe {
        get { .only(_universe) }
        set { _universe = [newValue] }
    }
    /// Whether the message has `universe`.
    package var hasUniverse: Bool { !_universe.isEmpty }
    /// Takes `universe` out of the message.
    package mutating func clearUniverse() { _universe = [] }
    private var _universe: [Vigie_V1_Universe] = []

    /// Companies that were named.
    package var rowCount: Int64 = 0

    /// Companies that were not there before.
    package var addedCount: Int64 = 0

    /// Companies that have left.
    package var leftCount: Int64 = 0

    /// Companies with other inputs, those that came or left included.
    package var changedCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LoadUniverseResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_universe)
            case 16: rowCount = try reader.int64()
            case 24: addedCount = try reader.int64()
            case 32: leftCount = try reader.int64()
            case 40: changedCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _universe)
        writer.int64(16, rowCount)
        writer.int64(24, addedCount)
        writer.int64(32, leftCount)
        writer.int64(40, changedCount)
    }
}

/// A universe.
package struct Vigie_V1_Universe: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// Companies of the last load.
    package var companyCount: Int64 = 0

    /// Places that were given, those of companies that have left included.
    package var slotCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Universe" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16: companyCount = try reader.int64()
            case 24: slotCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.int64(16, companyCount)
        writer.int64(24, slotCount)
    }
}

/// Asks for the universes.
package struct Vigie_V1_ListUniversesRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListUniversesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

/// The universes.
package struct Vigie_V1_ListUniversesResponse: ProtobufMessage {
    /// By name.
    package var universes: [Vigie_V1_Universe] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListUniversesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&universes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, universes)
    }
}

/// Asks for a run.
package struct Vigie_V1_StartUniverseRunRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// The day as of which companies are scored, as YYYY-MM-DD. Empty means today.
    package var asOfDate: String = ""

    /// The model. Empty means that of calls that name none.
    package var model: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StartUniverseRunRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: asOfDate = try reader.string()
            case 26: model = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, asOfDate)
        writer.string(26, model)
    }
}

/// A run that was asked for.
package struct Vigie_V1_StartUniverseRunResponse: ProtobufMessage {
    /// The run.
    package var run: Vigie_V1_UniverseRun {
        get { .only(_run) }
        set { _run = [newValue] }
    }
    /// Whether the message has `run`.
    package var hasRun: Bool { !_run.isEmpty }
    /// Takes `run` out of the message.
    package mutating func clearRun() { _run = [] }
    private var _run: [Vigie_V1_UniverseRun] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StartUniverseRunResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_run)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _run)
    }
}

/// A run over a universe.
package struct Vigie_V1_UniverseRun: ProtobufMessage {
    /// Its number; a later one has a higher one.
    package var number: Int64 = 0

    /// The day as of which companies are scored.
    package var asOfDate: String = ""

    /// The name of the model.
    package var model: String = ""

    /// The version of the model.
    package var modelVersion: String = ""

    /// When it was asked for, in microseconds since 1970 in UTC.
    package var requestedAtMicroseconds: Int64 = 0

    /// When it ended; 0 while it has not.
    package var endedAtMicroseconds: Int64 = 0

    /// How far it is.
    package var state: Vigie_V1_RunState = Vigie_V1_RunState()

    /// Why it failed; empty else.
    package var note: String = ""

    /// Blocks of companies.
    package var blockCount: Int64 = 0

    /// Blocks that are done. The counts that follow are of those.
    package var doneCount: Int64 = 0

    /// Companies.
    package var companyCount: Int64 = 0

    /// Companies with a score.
    package var scoredCount: Int64 = 0

    /// Companies with another result than before, those that came or left included.
    package var changedCount: Int64 = 0

    /// Companies moved by themselves, or by time.
    package var companyMovedCount: Int64 = 0

    /// Companies moved by data that arrived.
    package var dataMovedCount: Int64 = 0

    /// Companies moved by another model, and by nothing else.
    package var modelMovedCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseRun" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 18: asOfDate = try reader.string()
            case 26: model = try reader.string()
            case 34: modelVersion = try reader.string()
            case 40: requestedAtMicroseconds = try reader.int64()
            case 48: endedAtMicroseconds = try reader.int64()
            case 56: state = Vigie_V1_RunState(rawValue: try reader.enumeration())
            case 66: note = try reader.string()
            case 72: blockCount = try reader.int64()
            case 80: doneCount = try reader.int64()
            case 88: companyCount = try reader.int64()
            case 96: scoredCount = try reader.int64()
            case 104: changedCount = try reader.int64()
            case 112: companyMovedCount = try reader.int64()
            case 120: dataMovedCount = try reader.int64()
            case 128: modelMovedCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.string(18, asOfDate)
        writer.string(26, model)
        writer.string(34, modelVersion)
        writer.int64(40, requestedAtMicroseconds)
        writer.int64(48, endedAtMicroseconds)
        writer.enumeration(56, state.rawValue)
        writer.string(66, note)
        writer.int64(72, blockCount)
        writer.int64(80, doneCount)
        writer.int64(88, companyCount)
        writer.int64(96, scoredCount)
        writer.int64(104, changedCount)
        writer.int64(112, companyMovedCount)
        writer.int64(120, dataMovedCount)
        writer.int64(128, modelMovedCount)
    }
}

/// Asks for the runs over a universe.
package struct Vigie_V1_ListUniverseRunsRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// How many at most; at most 400. 0 means 20.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListUniverseRunsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 16: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.int32(16, limit)
    }
}

/// The runs over a universe.
package struct Vigie_V1_ListUniverseRunsResponse: ProtobufMessage {
    /// The newest first.
    package var runs: [Vigie_V1_UniverseRun] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListUniverseRunsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&runs)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, runs)
    }
}

/// Asks for figures.
package struct Vigie_V1_DescribeUniverseRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// The day: the last run as of it or before counts. Empty means the last run.
    package var date: String = ""

    /// The day that it is compared with. Empty means the run before.
    package var beforeDate: String = ""

    /// Companies to be told that moved most, of each direction: at most 1,000. Absent
    /// means 10.
    package var moverCount: Int32 {
        get { _moverCount ?? 0 }
        set { _moverCount = newValue }
    }
    /// Whether the message has `moverCount`.
    package var hasMoverCount: Bool { _moverCount != nil }
    /// Takes `moverCount` out of the message.
    package mutating func clearMoverCount() { _moverCount = nil }
    private var _moverCount: Int32?

    /// What of an exposure is lost in a failure, from 0 to 1. Absent means 0.4.
    package var lossGivenDefault: Double {
        get { _lossGivenDefault ?? 0 }
        set { _lossGivenDefault = newValue }
    }
    /// Whether the message has `lossGivenDefault`.
    package var hasLossGivenDefault: Bool { _lossGivenDefault != nil }
    /// Takes `lossGivenDefault` out of the message.
    package mutating func clearLossGivenDefault() { _lossGivenDefault = nil }
    private var _lossGivenDefault: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeUniverseRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: date = try reader.string()
            case 26: beforeDate = try reader.string()
            case 32: _moverCount = try reader.int32()
            case 41: _lossGivenDefault = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, date)
        writer.string(26, beforeDate)
        if let value = _moverCount {
            writer.tag(32)
            writer.int32(value)
        }
        if let value = _lossGivenDefault {
            writer.tag(41)
            writer.double(value)
        }
    }
}

/// Figures of a universe between two runs.
package struct Vigie_V1_DescribeUniverseResponse: ProtobufMessage {
    /// The run of the first day.
    package var before: Vigie_V1_UniverseRun {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_UniverseRun] = []

    /// The run of the second day.
    package var after: Vigie_V1_UniverseRun {
        get { .only(_after) }
        set { _after = [newValue] }
    }
    /// Whether the message has `after`.
    package var hasAfter: Bool { !_after.isEmpty }
    /// Takes `after` out of the message.
    package mutating func clearAfter() { _after = [] }
    private var _after: [Vigie_V1_UniverseRun] = []

    /// Companies by where they stood and where they stand.
    package var migrations: [Vigie_V1_UniverseMigration] = []

    /// Companies by class on both days.
    package var bands: [Vigie_V1_UniverseBand] = []

    /// What is expected to be lost on the second day, in cents.
    package var expectedLossCents: Double = 0

    /// What companies with a score owe.
    package var exposureCents: Double = 0

    /// What companies without a score owe.
    package var unratedExposureCents: Double = 0

    /// The sum of the squares of all shares of what is owed, from nearly 0 to 1; absent
    /// where nothing is owed.
    package var concentration: Double {
        get { _concentration ?? 0 }
        set { _concentration = newValue }
    }
    /// Whether the message has `concentration`.
    package var hasConcentration: Bool { _concentration != nil }
    /// Takes `concentration` out of the message.
    package mutating func clearConcentration() { _concentration = nil }
    private var _concentration: Double?

    /// Companies whose scores rose most.
    package var risen: [Vigie_V1_UniverseMover] = []

    /// Companies whose scores fell most.
    package var fallen: [Vigie_V1_UniverseMover] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeUniverseResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_before)
            case 18: try reader.boxed(&_after)
            case 26: try reader.messages(&migrations)
            case 34: try reader.messages(&bands)
            case 41: expectedLossCents = try reader.double()
            case 49: exposureCents = try reader.double()
            case 57: unratedExposureCents = try reader.double()
            case 65: _concentration = try reader.double()
            case 74: try reader.messages(&risen)
            case 82: try reader.messages(&fallen)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _before)
        writer.messages(18, _after)
        writer.messages(26, migrations)
        writer.messages(34, bands)
        writer.double(41, expectedLossCents)
        writer.double(49, exposureCents)
        writer.double(57, unratedExposureCents)
        if let value = _concentration {
            writer.tag(65)
            writer.double(value)
        }
        writer.messages(74, risen)
        writer.messages(82, fallen)
    }
}

/// How many companies went from where to where.
package struct Vigie_V1_UniverseMigration: ProtobufMessage {
    /// The class of the first day; 0 for a company without one, absent for one that was
    /// not there.
    package var fromClass: Int32 {
        get { _fromClass ?? 0 }
        set { _fromClass = newValue }
    }
    /// Whether the message has `fromClass`.
    package var hasFromClass: Bool { _fromClass != nil }
    /// Takes `fromClass` out of the message.
    package mutating func clearFromClass() { _fromClass = nil }
    private var _fromClass: Int32?

    /// The class of the second day, in the same way.
    package var toClass: Int32 {
        get { _toClass ?? 0 }
        set { _toClass = newValue }
    }
    /// Whether the message has `toClass`.
    package var hasToClass: Bool { _toClass != nil }
    /// Takes `toClass` out of the message.
    package mutating func clearToClass() { _toClass = nil }
    private var _toClass: Int32?

    /// How many.
    package var count: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseMigration" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: _fromClass = try reader.int32()
            case 16: _toClass = try reader.int32()
            case 24: count = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if let value = _fromClass {
            writer.tag(8)
            writer.int32(value)
        }
        if let value = _toClass {
            writer.tag(16)
            writer.int32(value)
        }
        writer.int64(24, count)
    }
}

/// Companies of a class.
package struct Vigie_V1_UniverseBand: ProtobufMessage {
    /// The class; 0 for companies without one.
    package var riskClass: Int32 = 0

    /// Companies of the first day.
    package var beforeCount: Int64 = 0

    /// Companies of the second day.
    package var afterCount: Int64 = 0

    /// What those of the second day owe, in cents.
    package var exposureCents: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseBand" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: riskClass = try reader.int32()
            case 16: beforeCount = try reader.int64()
            case 24: afterCount = try reader.int64()
            case 33: exposureCents = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, riskClass)
        writer.int64(16, beforeCount)
        writer.int64(24, afterCount)
        writer.double(33, exposureCents)
    }
}

/// A company whose score moved.
package struct Vigie_V1_UniverseMover: ProtobufMessage {
    /// Its number; empty for one that was forgotten.
    package var siren: String = ""

    /// The score of the first day.
    package var before: Int32 = 0

    /// The score of the second day.
    package var after: Int32 = 0

    /// What moved it last; unspecified where it came since.
    package var cause: Vigie_V1_ScoreCause = Vigie_V1_ScoreCause()

    /// What the model of the second day says of the inputs of the first, where another
    /// one scored those and no run was between: up to here the model moved it.
    package var beforeByThisModel: Int32 {
        get { _beforeByThisModel ?? 0 }
        set { _beforeByThisModel = newValue }
    }
    /// Whether the message has `beforeByThisModel`.
    package var hasBeforeByThisModel: Bool { _beforeByThisModel != nil }
    /// Takes `beforeByThisModel` out of the message.
    package mutating func clearBeforeByThisModel() { _beforeByThisModel = nil }
    private var _beforeByThisModel: Int32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseMover" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: siren = try reader.string()
            case 16: self.before = try reader.int32()
            case 24: after = try reader.int32()
            case 32: cause = Vigie_V1_ScoreCause(rawValue: try reader.enumeration())
            case 40: _beforeByThisModel = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, siren)
        writer.int32(16, self.before)
        writer.int32(24, after)
        writer.enumeration(32, cause.rawValue)
        if let value = _beforeByThisModel {
            writer.tag(40)
            writer.int32(value)
        }
    }
}

/// Asks for one company's results.
package struct Vigie_V1_UniverseHistoryRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// The SIREN of the company.
    package var siren: String = ""

    /// The first day, as YYYY-MM-DD. Empty means three years ago.
    package var sinceDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseHistoryRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: siren = try reader.string()
            case 26: sinceDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, siren)
        writer.string(26, sinceDate)
    }
}

/// One company's results.
package struct Vigie_V1_UniverseHistoryResponse: ProtobufMessage {
    /// What held on the first day, then each other result.
    package var results: [Vigie_V1_UniverseResult] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseHistoryResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&results)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, results)
    }
}

/// What a company was from a run on.
package struct Vigie_V1_UniverseResult: ProtobufMessage {
    /// The number of the run.
    package var run: Int64 = 0

    /// The day as of which it scored.
    package var asOfDate: String = ""

    /// The name of the model.
    package var model: String = ""

    /// The version of the model.
    package var modelVersion: String = ""

    /// What could be said; unspecified where the company was not there.
    package var outcome: Vigie_V1_AssessmentOutcome = Vigie_V1_AssessmentOutcome()

    /// The score; absent where there is none.
    package var score: Int32 {
        get { _score ?? 0 }
        set { _score = newValue }
    }
    /// Whether the message has `score`.
    package var hasScore: Bool { _score != nil }
    /// Takes `score` out of the message.
    package mutating func clearScore() { _score = nil }
    private var _score: Int32?

    /// The class of risk; absent where there is none.
    package var riskClass: Int32 {
        get { _riskClass ?? 0 }
        set { _riskClass = newValue }
    }
    /// Whether the message has `riskClass`.
    package var hasRiskClass: Bool { _riskClass != nil }
    /// Takes `riskClass` out of the message.
    package mutating func clearRiskClass() { _riskClass = nil }
    private var _riskClass: Int32?

    /// What moved it; unspecified where it came.
    package var cause: Vigie_V1_ScoreCause = Vigie_V1_ScoreCause()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UniverseResult" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: run = try reader.int64()
            case 18: asOfDate = try reader.string()
            case 26: model = try reader.string()
            case 34: modelVersion = try reader.string()
            case 40: outcome = Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration())
            case 48: _score = try reader.int32()
            case 56: _riskClass = try reader.int32()
            case 64: cause = Vigie_V1_ScoreCause(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, run)
        writer.string(18, asOfDate)
        writer.string(26, model)
        writer.string(34, modelVersion)
        writer.enumeration(40, outcome.rawValue)
        if let value = _score {
            writer.tag(48)
            writer.int32(value)
        }
        if let value = _riskClass {
            writer.tag(56)
            writer.int32(value)
        }
        writer.enumeration(64, cause.rawValue)
    }
}

/// Asks for a block of results.
package struct Vigie_V1_ReadUniverseScoresRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// The day: the last run as of it or before counts. Empty means the last run.
    package var date: String = ""

    /// The run that the block before was of; 0 for the first.
    package var run: Int64 = 0

    /// The block, from 0.
    package var block: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadUniverseScoresRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: date = try reader.string()
            case 24: run = try reader.int64()
            case 32: block = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, date)
        writer.int64(24, run)
        writer.int32(32, block)
    }
}

/// The results of some companies.
package struct Vigie_V1_ReadUniverseScoresResponse: ProtobufMessage {
    /// The run that found them.
    package var run: Vigie_V1_UniverseRun {
        get { .only(_run) }
        set { _run = [newValue] }
    }
    /// Whether the message has `run`.
    package var hasRun: Bool { !_run.isEmpty }
    /// Takes `run` out of the message.
    package mutating func clearRun() { _run = [] }
    private var _run: [Vigie_V1_UniverseRun] = []

    /// The SIREN of each company.
    package var sirens: [UInt32] = []

    /// Its score; 65,535 for none.
    package var scores: [UInt32] = []

    /// Its class; 0 for none.
    package var riskClasses: [UInt32] = []

    /// What could be said of it.
    package var outcomes: [Vigie_V1_AssessmentOutcome] = []

    /// What moved it last; unspecified where nothing did.
    package var causes: [Vigie_V1_ScoreCause] = []

    /// The block to ask for next; absent behind the last.
    package var nextBlock: Int32 {
        get { _nextBlock ?? 0 }
        set { _nextBlock = newValue }
    }
    /// Whether the message has `nextBlock`.
    package var hasNextBlock: Bool { _nextBlock != nil }
    /// Takes `nextBlock` out of the message.
    package mutating func clearNextBlock() { _nextBlock = nil }
    private var _nextBlock: Int32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadUniverseScoresResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_run)
            case 21, 18: try reader.fixed32s(tag, &sirens)
            case 24, 26: try reader.uint32s(tag, &scores)
            case 32, 34: try reader.uint32s(tag, &riskClasses)
            case 40: outcomes.append(Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration()))
            case 42:
                let outer = try reader.enter()
                while reader.hasMore {
                    outcomes.append(Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 48: causes.append(Vigie_V1_ScoreCause(rawValue: try reader.enumeration()))
            case 50:
                let outer = try reader.enter()
                while reader.hasMore {
                    causes.append(Vigie_V1_ScoreCause(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 56: _nextBlock = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _run)
        writer.fixed32s(18, sirens)
        writer.uint32s(26, scores)
        writer.uint32s(34, riskClasses)
        if !outcomes.isEmpty {
            let start = writer.open(42)
            for value in outcomes { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if !causes.isEmpty {
            let start = writer.open(50)
            for value in causes { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if let value = _nextBlock {
            writer.tag(56)
            writer.int32(value)
        }
    }
}

/// Forgets a company.
package struct Vigie_V1_ForgetUniverseCompanyRequest: ProtobufMessage {
    /// The name of the universe.
    package var universe: String = ""

    /// The SIREN of the company.
    package var siren: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForgetUniverseCompanyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: universe = try reader.string()
            case 18: siren = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, universe)
        writer.string(18, siren)
    }
}

/// A company was forgotten.
package struct Vigie_V1_ForgetUniverseCompanyResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForgetUniverseCompanyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from everything.proto; do not edit.

package import ProtobufCoding

package enum Vigie_Test_Colour: Sendable, Equatable {
    case unspecified
    case red
    case darkRed
    case below
    case colour2
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .red, .darkRed, .below, .colour2]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .red
        case 2: self = .darkRed
        case -1: self = .below
        case 3: self = .colour2
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .red: 1
        case .darkRed: 2
        case .below: -1
        case .colour2: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// One field of each type.
package struct Vigie_Test_Everything: ProtobufMessage {
    package var plainDouble: Double = 0

    package var plainFloat: Float = 0

    package var plainInt32: Int32 = 0

    package var plainInt64: Int64 = 0

    package var plainUint32: UInt32 = 0

    package var plainUint64: UInt64 = 0

    package var plainSint32: Int32 = 0

    package var plainSint64: Int64 = 0

    package var plainFixed32: UInt32 = 0

    package var plainFixed64: UInt64 = 0

    package var plainSfixed32: Int32 = 0

    package var plainSfixed64: Int64 = 0

    package var plainBool: Bool = false

    package var plainString: String = ""

    package var plainBytes: [UInt8] = []

    /// A number above 15 makes tags of two bytes.
    package var plainColour: Vigie_Test_Colour = Vigie_Test_Colour()

    package var optionalDouble: Double {
        get { _optionalDouble ?? 0 }
        set { _optionalDouble = newValue }
    }
    /// Whether the message has `optionalDouble`.
    package var hasOptionalDouble: Bool { _optionalDouble != nil }
    /// Takes `optionalDouble` out of the message.
    package mutating func clearOptionalDouble() { _optionalDouble = nil }
    private var _optionalDouble: Double?

    package var optionalInt32: Int32 {
        get { _optionalInt32 ?? 0 }
        set { _optionalInt32 = newValue }
    }
    /// Whether the message has `optionalInt32`.
    package var hasOptionalInt32: Bool { _optionalInt32 != nil }
    /// Takes `optionalInt32` out of the message.
    package mutating func clearOptionalInt32() { _optionalInt32 = nil }
    private var _optionalInt32: Int32?

    package var optionalBool: Bool {
        get { _optionalBool ?? false }
        set { _optionalBool = newValue }
    }
    /// Whether the message has `optionalBool`.
    package var hasOptionalBool: Bool { _optionalBool != nil }
    /// Takes `optionalBool` out of the message.
    package mutating func clearOptionalBool() { _optionalBool = nil }
    private var _optionalBool: Bool?

    package var optionalString: String {
        get { _optionalString ?? "" }
        set { _optionalString = newValue }
    }
    /// Whether the message has `optionalString`.
    package var hasOptionalString: Bool { _optionalString != nil }
    /// Takes `optionalString` out of the message.
    package mutating func clearOptionalString() { _optionalString = nil }
    private var _optionalString: String?

    package var optionalBytes: [UInt8] {
        get { _optionalBytes ?? [] }
        set { _optionalBytes = newValue }
    }
    /// Whether the message has `optionalBytes`.
    package var hasOptionalBytes: Bool { _optionalBytes != nil }
    /// Takes `optionalBytes` out of the message.
    package mutating func clearOptionalBytes() { _optionalBytes = nil }
    private var _optionalBytes: [UInt8]?

    package var optionalColour: Vigie_Test_Colour {
        get { _optionalColour ?? Vigie_Test_Colour() }
        set { _optionalColour = newValue }
    }
    /// Whether the message has `optionalColour`.
    package var hasOptionalColour: Bool { _optionalColour != nil }
    /// Takes `optionalColour` out of the message.
    package mutating func clearOptionalColour() { _optionalColour = nil }
    private var _optionalColour: Vigie_Test_Colour?

    package var doubles: [Double] = []

    package var floats: [Float] = []

    package var int32s: [Int32] = []

    package var sint64s: [Int64] = []

    package var fixed32s: [UInt32] = []

    package var bools: [Bool] = []

    package var strings: [String] = []

    package var blobs: [[UInt8]] = []

    package var colours: [Vigie_Test_Colour] = []

    package var looseUint64s: [UInt64] = []

    package var parts: [Vigie_Test_Part] = []

    package var doubleByName: [String: Double] = [:]

    package var nameByNumber: [Int32: String] = [:]

    package var partByChoice: [Bool: Vigie_Test_Part] = [:]

    package var colourByNumber: [UInt64: Vigie_Test_Colour] = [:]

    package var bytesByName: [String: [UInt8]] = [:]

    /// A number.
    package var number: Int32 {
        get {
            if case .number(let value)? = choice { return value }
            return 0
        }
        set { choice = .number(newValue) }
    }

    package var text: String {
        get {
            if case .text(let value)? = choice { return value }
            return ""
        }
        set { choice = .text(newValue) }
    }

    package var part: Vigie_Test_Part {
        get {
            if case .part(let value)? = choice { return value }
            return Vigie_Test_Part()
        }
        set { choice = .part(newValue) }
    }

    package var colour: Vigie_Test_Colour {
        get {
            if case .colour(let value)? = choice { return value }
            return Vigie_Test_Colour()
        }
        set { choice = .colour(newValue) }
    }

    package var blob: [UInt8] {
        get {
            if case .blob(let value)? = choice { return value }
            return []
        }
        set { choice = .blob(newValue) }
    }

    package var grown: Vigie_Test_Tree {
        get {
            if case .grown(let value)? = choice { return value }
            return Vigie_Test_Tree()
        }
        set { choice = .grown(newValue) }
    }

    package var ownPart: Vigie_Test_Part {
        get { .only(_ownPart) }
        set { _ownPart = [newValue] }
    }
    /// Whether the message has `ownPart`.
    package var hasOwnPart: Bool { !_ownPart.isEmpty }
    /// Takes `ownPart` out of the message.
    package mutating func clearOwnPart() { _ownPart = [] }
    private var _ownPart: [Vigie_Test_Part] = []

    package var tree: Vigie_Test_Tree {
        get { .only(_tree) }
        set { _tree = [newValue] }
    }
    /// Whether the message has `tree`.
    package var hasTree: Bool { !_tree.isEmpty }
    /// Takes `tree` out of the message.
    package mutating func clearTree() { _tree = [] }
    private var _tree: [Vigie_Test_Tree] = []

    package var any: Google_Protobuf_Any {
        get { .only(_any) }
        set { _any = [newValue] }
    }
    /// Whether the message has `any`.
    package var hasAny: Bool { !_any.isEmpty }
    /// Takes `any` out of the message.
    package mutating func clearAny() { _any = [] }
    private var _any: [Google_Protobuf_Any] = []

    package var duration: Google_Protobuf_Duration {
        get { .only(_duration) }
        set { _duration = [newValue] }
    }
    /// Whether the message has `duration`.
    package var hasDuration: Bool { !_duration.isEmpty }
    /// Takes `duration` out of the message.
    package mutating func clearDuration() { _duration = [] }
    private var _duration: [Google_Protobuf_Duration] = []

    package var timestamp: Google_Protobuf_Timestamp {
        get { .only(_timestamp) }
        set { _timestamp = [newValue] }
    }
    /// Whether the message has `timestamp`.
    package var hasTimestamp: Bool { !_timestamp.isEmpty }
    /// Takes `timestamp` out of the message.
    package mutating func clearTimestamp() { _timestamp = [] }
    private var _timestamp: [Google_Protobuf_Timestamp] = []

    package var timestamps: [Google_Protobuf_Timestamp] = []

    package var empty: Vigie_Test_Empty {
        get { .only(_empty) }
        set { _empty = [newValue] }
    }
    /// Whether the message has `empty`.
    package var hasEmpty: Bool { !_empty.isEmpty }
    /// Takes `empty` out of the message.
    package mutating func clearEmpty() { _empty = [] }
    private var _empty: [Vigie_Test_Empty] = []

    package var inner: Vigie_Test_Scoped.Inner {
        get { .only(_inner) }
        set { _inner = [newValue] }
    }
    /// Whether the message has `inner`.
    package var hasInner: Bool { !_inner.isEmpty }
    /// Takes `inner` out of the message.
    package mutating func clearInner() { _inner = [] }
    private var _inner: [Vigie_Test_Scoped.Inner] = []

    /// The largest number that a field can have.
    package var last: UInt32 = 0

    /// What it is.
    package var choice: OneOf_Choice?

    /// What it is.
    package indirect enum OneOf_Choice: Sendable {
        /// A number.
        case number(Int32)
        case text(String)
        case part(Vigie_Test_Part)
        case colour(Vigie_Test_Colour)
        case blob([UInt8])
        case grown(Vigie_Test_Tree)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Everything" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 9: plainDouble = try reader.double()
            case 21: plainFloat = try reader.float()
            case 24: plainInt32 = try reader.int32()
            case 32: plainInt64 = try reader.int64()
            case 40: plainUint32 = try reader.uint32()
            case 48: plainUint64 = try reader.uint64()
            case 56: plainSint32 = try reader.sint32()
            case 64: plainSint64 = try reader.sint64()
            case 77: plainFixed32 = try reader.fixed32()
            case 81: plainFixed64 = try reader.fixed64()
            case 93: plainSfixed32 = try reader.sfixed32()
            case 97: plainSfixed64 = try reader.sfixed64()
            case 104: plainBool = try reader.bool()
            case 114: plainString = try reader.string()
            case 122: plainBytes = try reader.bytes()
            case 128: plainColour = Vigie_Test_Colour(rawValue: try reader.enumeration())
            case 169: _optionalDouble = try reader.double()
            case 176: _optionalInt32 = try reader.int32()
            case 184: _optionalBool = try reader.bool()
            case 194: _optionalString = try reader.string()
            case 202: _optionalBytes = try reader.bytes()
            case 208: _optionalColour = Vigie_Test_Colour(rawValue: try reader.enumeration())
            case 249, 250: try reader.doubles(tag, &doubles)
            case 261, 258: try reader.floats(tag, &floats)
            case 264, 266: try reader.int32s(tag, &int32s)
            case 272, 274: try reader.sint64s(tag, &sint64s)
            case 285, 282: try reader.fixed32s(tag, &fixed32s)
            case 288, 290: try reader.bools(tag, &bools)
            case 298: try reader.strings(&strings)
            case 306: try reader.blobs(&blobs)
            case 312: colours.append(Vigie_Test_Colour(rawValue: try reader.enumeration()))
            case 314:
                let outer = try reader.enter()
                while reader.hasMore {
                    colours.append(Vigie_Test_Colour(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 320, 322: try reader.uint64s(tag, &looseUint64s)
            case 330: try reader.messages(&parts)
            case 410:
                let outer = try reader.enter()
                var key: String = ""
                var value: Double = 0
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 17: value = try reader.double()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&doubleByName, key, value)
            case 418:
                let outer = try reader.enter()
                var key: Int32 = 0
                var value: String = ""
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 8: key = try reader.int32()
                    case 18: value = try reader.string()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&nameByNumber, key, value)
            case 426:
                let outer = try reader.enter()
                var key: Bool = false
                var value: Vigie_Test_Part = Vigie_Test_Part()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 8: key = try reader.bool()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&partByChoice, key, value)
            case 434:
                let outer = try reader.enter()
                var key: UInt64 = 0
                var value: Vigie_Test_Colour = Vigie_Test_Colour()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 8: key = try reader.uint64()
                    case 16: value = Vigie_Test_Colour(rawValue: try reader.enumeration())
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&colourByNumber, key, value)
            case 442:
                let outer = try reader.enter()
                var key: String = ""
                var value: [UInt8] = []
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: value = try reader.bytes()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&bytesByName, key, value)
            case 488: choice = .number(try reader.int32())
            case 498: choice = .text(try reader.string())
            case 506:
                var value = Vigie_Test_Part()
                if case .part(let before)? = choice {
                    value = before
                    choice = nil
                }
                try reader.message(&value)
                choice = .part(value)
            case 512: choice = .colour(Vigie_Test_Colour(rawValue: try reader.enumeration()))
            case 522: choice = .blob(try reader.bytes())
            case 530:
                var value = Vigie_Test_Tree()
                if case .grown(let before)? = choice {
                    value = before
                    choice = nil
                }
                try reader.message(&value)
                choice = .grown(value)
            case 570: try reader.boxed(&_ownPart)
            case 578: try reader.boxed(&_tree)
            case 586: try reader.boxed(&_any)
            case 594: try reader.boxed(&_duration)
            case 602: try reader.boxed(&_timestamp)
            case 610: try reader.messages(&timestamps)
            case 618: try reader.boxed(&_empty)
            case 626: try reader.boxed(&_inner)
            case 4294967288: last = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.double(9, plainDouble)
        writer.float(21, plainFloat)
        writer.int32(24, plainInt32)
        writer.int64(32, plainInt64)
        writer.uint32(40, plainUint32)
        writer.uint64(48, plainUint64)
        writer.sint32(56, plainSint32)
        writer.sint64(64, plainSint64)
        writer.fixed32(77, plainFixed32)
        writer.fixed64(81, plainFixed64)
        writer.sfixed32(93, plainSfixed32)
        writer.sfixed64(97, plainSfixed64)
        writer.bool(104, plainBool)
        writer.string(114, plainString)
        writer.bytes(122, plainBytes)
        writer.enumeration(128, plainColour.rawValue)
        if let value = _optionalDouble {
            writer.tag(169)
            writer.double(value)
        }
        if let value = _optionalInt32 {
            writer.tag(176)
            writer.int32(value)
        }
        if let value = _optionalBool {
            writer.tag(184)
            writer.bool(value)
        }
        if let value = _optionalString {
            writer.tag(194)
            writer.string(value)
        }
        if let value = _optionalBytes {
            writer.tag(202)
            writer.bytes(value)
        }
        if let value = _optionalColour {
            writer.tag(208)
            writer.enumeration(value.rawValue)
        }
        writer.doubles(250, doubles)
        writer.floats(258, floats)
        writer.int32s(266, int32s)
        writer.sint64s(274, sint64s)
        writer.fixed32s(282, fixed32s)
        writer.bools(290, bools)
        writer.strings(298, strings)
        writer.blobs(306, blobs)
        if !colours.isEmpty {
            let start = writer.open(314)
            for value in colours { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        for value in looseUint64s {
            writer.tag(320)
            writer.uint64(value)
        }
        writer.messages(330, parts)
        for (key, value) in ProtobufWriter.ordered(doubleByName) {
            let start = writer.open(410)
            writer.tag(10)
            writer.string(key)
            writer.tag(17)
            writer.double(value)
            writer.close(start)
        }
        for (key, value) in ProtobufWriter.ordered(nameByNumber) {
            let start = writer.open(418)
            writer.tag(8)
            writer.int32(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
        for key in [false, true] {
            guard let value = partByChoice[key] else { continue }
            let start = writer.open(426)
            writer.tag(8)
            writer.bool(key)
            writer.message(18, value)
            writer.close(start)
        }
        for (key, value) in ProtobufWriter.ordered(colourByNumber) {
            let start = writer.open(434)
            writer.tag(8)
            writer.uint64(key)
            writer.tag(16)
            writer.enumeration(value.rawValue)
            writer.close(start)
        }
        for (key, value) in ProtobufWriter.ordered(bytesByName) {
            let start = writer.open(442)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.bytes(value)
            writer.close(start)
        }
        if case .number(let value)? = choice {
            writer.tag(488)
            writer.int32(value)
        }
        if case .text(let value)? = choice {
            writer.tag(498)
            writer.string(value)
        }
        if case .part(let value)? = choice {
            writer.message(506, value)
        }
        if case .colour(let value)? = choice {
            writer.tag(512)
            writer.enumeration(value.rawValue)
        }
        if case .blob(let value)? = choice {
            writer.tag(522)
            writer.bytes(value)
        }
        if case .grown(let value)? = choice {
            writer.message(530, value)
        }
        writer.messages(570, _ownPart)
        writer.messages(578, _tree)
        writer.messages(586, _any)
        writer.messages(594, _duration)
        writer.messages(602, _timestamp)
        writer.messages(610, timestamps)
        writer.messages(618, _empty)
        writer.messages(626, _inner)
        writer.uint32(4294967288, last)
    }
}

package struct Vigie_Test_Part: ProtobufMessage {
    package var name: String = ""

    package var values: [Int32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Part" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16, 18: try reader.sint32s(tag, &values)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.sint32s(18, values)
    }
}

package struct Vigie_Test_Empty: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Empty" }

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

/// One that has itself inside, in each way.
package struct Vigie_Test_Tree: ProtobufMessage {
    package var value: Int32 = 0

    package var left: Vigie_Test_Tree {
        get { .only(_left) }
        set { _left = [newValue] }
    }
    /// Whether the message has `left`.
    package var hasLeft: Bool { !_left.isEmpty }
    /// Takes `left` out of the message.
    package mutating func clearLeft() { _left = [] }
    private var _left: [Vigie_Test_Tree] = []

    package var others: [Vigie_Test_Tree] = []

    package var byName: [String: Vigie_Test_Tree] = [:]

    package var inside: Vigie_Test_Tree {
        get {
            if case .inside(let value)? = kind { return value }
            return Vigie_Test_Tree()
        }
        set { kind = .inside(newValue) }
    }

    package var detour: Vigie_Test_Detour {
        get {
            if case .detour(let value)? = kind { return value }
            return Vigie_Test_Detour()
        }
        set { kind = .detour(newValue) }
    }

    package var kind: OneOf_Kind?

    package indirect enum OneOf_Kind: Sendable {
        case inside(Vigie_Test_Tree)
        case detour(Vigie_Test_Detour)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Tree" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: self.value = try reader.sint32()
            case 18: try reader.boxed(&_left)
            case 26: try reader.messages(&others)
            case 34:
                let outer = try reader.enter()
                var key: String = ""
                var value: Vigie_Test_Tree = Vigie_Test_Tree()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&byName, key, value)
            case 42:
                var value = Vigie_Test_Tree()
                if case .inside(let before)? = kind {
                    value = before
                    kind = nil
                }
                try reader.message(&value)
                kind = .inside(value)
            case 50:
                var value = Vigie_Test_Detour()
                if case .detour(let before)? = kind {
                    value = before
                    kind = nil
                }
                try reader.message(&value)
                kind = .detour(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32(8, self.value)
        writer.messages(18, _left)
        writer.messages(26, others)
        for (key, value) in ProtobufWriter.ordered(byName) {
            let start = writer.open(34)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
        if case .inside(let value)? = kind {
            writer.message(42, value)
        }
        if case .detour(let value)? = kind {
            writer.message(50, value)
        }
    }
}

package struct Vigie_Test_Detour: ProtobufMessage {
    package var tree: Vigie_Test_Tree {
        get { .only(_tree) }
        set { _tree = [newValue] }
    }
    /// Whether the message has `tree`.
    package var hasTree: Bool { !_tree.isEmpty }
    /// Takes `tree` out of the message.
    package mutating func clearTree() { _tree = [] }
    private var _tree: [Vigie_Test_Tree] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Detour" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_tree)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _tree)
    }
}

/// Types inside of a message, names that Swift or the generated code have for
/// something else.
package struct Vigie_Test_Scoped: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.test.Scoped" }

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

    package struct Inner: ProtobufMessage {
        package var type: Vigie_Test_Scoped.Inner.TypeEnum = Vigie_Test_Scoped.Inner.TypeEnum()

        package var tag: [UInt8] = []

        package var value: String {
            get { _value ?? "" }
            set { _value = newValue }
        }
        /// Whether the message has `value`.
        package var hasValue: Bool { _value != nil }
        /// Takes `value` out of the message.
        package mutating func clearValue() { _value = nil }
        private var _value: String?

        package var key: [String: String] = [:]

        package var outer: [Int32] = []

        package var `default`: Bool = false

        package var self_p: Int32 {
            get { _self_p ?? 0 }
            set { _self_p = newValue }
        }
        /// Whether the message has `self_p`.
        package var hasSelf: Bool { _self_p != nil }
        /// Takes `self_p` out of the message.
        package mutating func clearSelf() { _self_p = nil }
        private var _self_p: Int32?

        package var description_p: String = ""

        package var reader: Vigie_Test_Empty {
            get {
                if case .reader(let value)? = before { return value }
                return Vigie_Test_Empty()
            }
            set { before = .reader(newValue) }
        }

        package var writer: Vigie_Test_Empty {
            get {
                if case .writer(let value)? = before { return value }
                return Vigie_Test_Empty()
            }
            set { before = .writer(newValue) }
        }

        package var urlOfID: String {
            get { _urlOfID ?? "" }
            set { _urlOfID = newValue }
        }
        /// Whether the message has `urlOfID`.
        package var hasUrlOfID: Bool { _urlOfID != nil }
        /// Takes `urlOfID` out of the message.
        package mutating func clearUrlOfID() { _urlOfID = nil }
        private var _urlOfID: String?

        package var start: Int64 {
            get { _start ?? 0 }
            set { _start = newValue }
        }
        /// Whether the message has `start`.
        package var hasStart: Bool { _start != nil }
        /// Takes `start` out of the message.
        package mutating func clearStart() { _start = nil }
        private var _start: Int64?

        package var `where`: Bool {
            get { _where ?? false }
            set { _where = newValue }
        }
        /// Whether the message has `where`.
        package var hasWhere: Bool { _where != nil }
        /// Takes `where` out of the message.
        package mutating func clearWhere() { _where = nil }
        private var _where: Bool?

        package var before: OneOf_Before?

        package indirect enum OneOf_Before: Sendable {
            case reader(Vigie_Test_Empty)
            case writer(Vigie_Test_Empty)
        }

        /// The type's full name.
        package static var protoMessageName: String { "vigie.test.Scoped.Inner" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 8: type = Vigie_Test_Scoped.Inner.TypeEnum(rawValue: try reader.enumeration())
                case 18: self.tag = try reader.bytes()
                case 26: _value = try reader.string()
                case 34:
                    let outer = try reader.enter()
                    var key: String = ""
                    var value: String = ""
                    while let tag = try reader.nextTag() {
                        switch tag {
                        case 10: key = try reader.string()
                        case 18: value = try reader.string()
                        default: try reader.skip(tag)
                        }
                    }
                    reader.leave(outer)
                    reader.set(&self.key, key, value)
                case 40, 42: try reader.int32s(tag, &self.outer)
                case 48: `default` = try reader.bool()
                case 56: _self_p = try reader.int32()
                case 66: description_p = try reader.string()
                case 74:
                    var value = Vigie_Test_Empty()
                    if case .reader(let before)? = self.before {
                        value = before
                        self.before = nil
                    }
                    try reader.message(&value)
                    self.before = .reader(value)
                case 82:
                    var value = Vigie_Test_Empty()
                    if case .writer(let before)? = self.before {
                        value = before
                        self.before = nil
                    }
                    try reader.message(&value)
                    self.before = .writer(value)
                case 90: _urlOfID = try reader.string()
                case 96: _start = try reader.int64()
                case 104: _where = try reader.bool()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.enumeration(8, type.rawValue)
            writer.bytes(18, self.tag)
            if let value = _value {
                writer.tag(26)
                writer.string(value)
            }
            for (key, value) in ProtobufWriter.ordered(self.key) {
                let start = writer.open(34)
                writer.tag(10)
                writer.string(key)
                writer.tag(18)
                writer.string(value)
                writer.close(start)
            }
            writer.int32s(42, self.outer)
            writer.bool(48, `default`)
            if let value = _self_p {
                writer.tag(56)
                writer.int32(value)
            }
            writer.string(66, description_p)
            if case .reader(let value)? = self.before {
                writer.message(74, value)
            }
            if case .writer(let value)? = self.before {
                writer.message(82, value)
            }
            if let value = _urlOfID {
                writer.tag(90)
                writer.string(value)
            }
            if let value = _start {
                writer.tag(96)
                writer.int64(value)
            }
            if let value = _where {
                writer.tag(104)
                writer.bool(value)
            }
        }

        package enum TypeEnum: Sendable, Equatable {
            case unknown
            case first
            case `in`
            /// A value that the proto does not have, by its number.
            case UNRECOGNIZED(Int)

            /// All values of the proto.
            package static var allCases: [Self] {
                [.unknown, .first, .`in`]
            }

            /// Makes `unknown`.
            package init() { self = .unknown }

            /// The value of a number.
            package init(rawValue: Int) {
                switch rawValue {
                case 0: self = .unknown
                case 1: self = .first
                case 2: self = .`in`
                default: self = .UNRECOGNIZED(rawValue)
                }
            }

            /// The number of the value.
            package var rawValue: Int {
                switch self {
                case .unknown: 0
                case .first: 1
                case .`in`: 2
                case .UNRECOGNIZED(let number): number
                }
            }

            /// Whether two values have the same number.
            package static func == (left: Self, right: Self) -> Bool {
                left.rawValue == right.rawValue
            }
        }
    }
}

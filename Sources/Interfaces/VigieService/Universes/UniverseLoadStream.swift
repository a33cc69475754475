// SPDX-License-Identifier: Apache-2.0

// LoadUniverse: a header, then companies as columns, which are read where they lie in the message.
// Lists of numbers have to come in one piece each, as every encoder writes them.

internal import Callers
internal import Dispatch
internal import PortfolioApplication
internal import ProtobufCoding
internal import ServiceErrors
internal import UniverseApplication
internal import UniverseStore
internal import VigieLimits
internal import VigieProtos

/// A load that a stream feeds: any thread's, one at a time. That is why it can be Sendable.
final class UniverseLoadStream: StreamedWork, @unchecked Sendable {
    private static let headerTag: UInt32 = 1 << 3 | 2
    private static let rowsTag: UInt32 = 2 << 3 | 2
    private static let messageName = "vigie.v1.LoadUniverseRequest"

    private let store: ServerStore
    private var identity: String?
    private var interest: CallInterest?
    private var load: UniverseLoad?

    init(_ store: ServerStore) { self.store = store }

    deinit {
        // Whoever left: the store is told elsewhere than on the thread that sees it.
        guard let load else { return }
        nonisolated(unsafe) let left = load
        DispatchQueue.global(qos: .utility).async { left.abandon() }
    }

    func begin(_ caller: Caller?, _ interest: CallInterest) {
        (identity, self.interest) = (caller?.identity, interest)
    }

    static func size(ofMessage byteCount: Int) -> Int { byteCount }

    func take(_ message: UnsafeRawBufferPointer) throws(ServiceError) {
        do throws(ServiceError) { try read(message) } catch {
            load?.abandon()
            load = nil
            throw error
        }
    }

    private func read(_ message: UnsafeRawBufferPointer) throws(ServiceError) {
        var (header, rows): (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?)
        var reader = ProtobufReader(message)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case Self.headerTag: header = try reader.part()
                case Self.rowsTag: rows = try reader.part()
                default: try reader.skip(tag)
                }
            }
        } catch { throw .malformed(Self.messageName) }
        switch (header, rows) {
        case (let bytes?, nil):
            guard load == nil else {
                throw .invalid(
                    "header",
                    "SECOND_HEADER",
                    "The stream has a second header; the first applies to all of its companies."
                )
            }
            let message = try Vigie_V1_LoadUniverseHeader(received: bytes)
            load = try UniverseLoad(store, LoadHeader(message), by: identity)
        case (nil, let bytes?):
            guard let load else { throw .noHeader }
            try load.add(try LoadRows(received: bytes))
        case (nil, nil):
            throw .invalid(
                "message",
                "EMPTY_MESSAGE",
                "The message is empty; send the header first, then companies in each message."
            )
        case (.some, .some):
            throw .invalid(
                "message",
                "HEADER_AND_BLOCK",
                "The message has a header and companies; each has its own message."
            )
        }
    }

    func answer() throws(ServiceError) -> [UInt8] {
        guard let load else { throw .noHeader }
        self.load = nil
        do throws(ServiceError) {
            let (universe, counts) = try load.finish { [interest] in interest?.isThere ?? false }
            let response = Vigie_V1_LoadUniverseResponse.with {
                $0.universe = .init(universe)
                $0.rowCount = Int64(counts.rows)
                $0.addedCount = Int64(counts.added)
                $0.leftCount = Int64(counts.left)
                $0.changedCount = Int64(counts.changed)
            }
            return response.serializedBytes()
        } catch {
            load.abandon()
            throw error
        }
    }
}

extension LoadHeader {
    fileprivate init(_ message: Vigie_V1_LoadUniverseHeader) {
        self.init()
        (universe, day, isWhole) = (message.universe, message.asOfDate, !message.isChange)
        (numbers, texts, marks) = (message.columns, message.textColumns, message.markColumns)
        hasExposures = message.hasExposures
    }
}

extension LoadRows {
    /// Reads a UniverseRows. Its bytes have to be there for as long as the rows are.
    fileprivate init(received bytes: UnsafeRawBufferPointer) throws(ServiceError) {
        self.init()
        var reader = ProtobufReader(bytes)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case 1 << 3 | 2: try Self.set(&keys, try reader.part(), "sirens")
                case 2 << 3 | 2: try Self.set(&numbers, try reader.part(), "float_values")
                case 3 << 3 | 2:
                    guard texts.count < UniverseLimits.inputs else { throw Self.pieces("texts") }
                    texts.append(try Self.texts(try reader.part()))
                case 4 << 3 | 2: try Self.set(&exposures, try reader.part(), "exposures_cents")
                default: try reader.skip(tag)
                }
            }
        } catch let error as ServiceError { throw error } catch {
            throw .malformed("vigie.v1.UniverseRows")
        }
    }

    private static func texts(
        _ bytes: UnsafeRawBufferPointer
    ) throws -> LoadTexts {
        var column = LoadTexts(
            dictionary: [],
            codes: UnsafeRawBufferPointer(start: nil, count: 0)
        )
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            switch tag {
            case 1 << 3 | 2:
                // A company has one text at most.
                guard column.dictionary.count < UniverseLimits.messageRows else {
                    throw pieces("text_columns")
                }
                column.dictionary.append(try reader.part())
            case 2 << 3 | 2: try set(&column.codes, try reader.part(), "codes")
            default: try reader.skip(tag)
            }
        }
        return column
    }

    private static func set(
        _ list: inout UnsafeRawBufferPointer,
        _ found: UnsafeRawBufferPointer,
        _ field: String
    ) throws(ServiceError) {
        guard list.isEmpty else { throw pieces(field) }
        list = found
    }

    private static func pieces(_ field: String) -> ServiceError {
        .invalid(
            "rows.\(field)",
            "WRONG_VALUE_COUNT",
            "rows.\(field) comes in several pieces, or has too many; send it in one."
        )
    }
}

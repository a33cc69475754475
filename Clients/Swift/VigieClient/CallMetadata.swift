// SPDX-License-Identifier: Apache-2.0

// Headers that a caller sends with a call, such as a token or a trace.

internal import GRPCTransport
internal import VigieLimits

/// Headers to send with a call, such as a token or the context of a trace. Those of a
/// ``ScoringClientConfiguration`` go with all calls.
///
/// ```swift
/// var metadata: CallMetadata = ["authorization": "Bearer \(token)"]
/// metadata.add("traceparent", trace)
/// let score = try await client.score(row: row, options: ScoreOptions(metadata: metadata))
/// ```
///
/// A name may come more than once. Names are written in lower case, as HTTP/2 has them. A name that
/// ends in `-bin` takes bytes, any other takes printable ASCII. What cannot be sent makes the call
/// throw ``VigieError`` with the reason ``VigieError/ClientReason/invalidMetadata``. Values are not
/// printed with the metadata, since some are secret.
public struct CallMetadata: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        let name: String
        let value: String
        /// Whether the value is bytes, written as Base64.
        let isBinary: Bool
    }

    private(set) var entries: [Entry] = []

    /// No headers.
    public init() {}

    /// Names of the headers, in the order in which they were added.
    public var names: [String] { entries.map(\.name) }

    /// Whether there are none.
    public var isEmpty: Bool { entries.isEmpty }

    /// Adds a header.
    ///
    /// - Parameters:
    ///   - name: Name of the header.
    ///   - value: Its value.
    public mutating func add(_ name: String, _ value: String) {
        entries.append(Entry(name: name.lowercased(), value: value, isBinary: false))
    }

    /// Adds a header of bytes.
    ///
    /// - Parameters:
    ///   - name: Name of the header; it ends in `-bin`.
    ///   - bytes: Its value.
    public mutating func add(_ name: String, bytes: some Sequence<UInt8>) {
        let value = String(decoding: HeaderText.base64Encoded(Array(bytes)), as: UTF8.self)
        entries.append(Entry(name: name.lowercased(), value: value, isBinary: true))
    }

    /// These headers and others, which take the place of those of the same name.
    func overridden(by others: CallMetadata) -> CallMetadata {
        if isEmpty { return others }
        let names = Set(others.names)
        var all = self
        all.entries = entries.filter { !names.contains($0.name) } + others.entries
        return all
    }

    /// The headers as they are sent.
    ///
    /// - Throws: ``VigieError`` for one that cannot be sent.
    func checked() throws -> [(name: String, value: String)] {
        if entries.isEmpty { return [] }
        let limits = TransportLimits()
        let byteCount = entries.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard entries.count <= limits.callMetadataCountMax,
            byteCount <= limits.callMetadataBytesMax
        else {
            throw Self.failure(
                "\(entries.count) headers of \(byteCount) bytes are too many: "
                    + "\(limits.callMetadataCountMax) headers and "
                    + "\(limits.callMetadataBytesMax) bytes may be sent."
            )
        }
        for entry in entries { try Self.check(entry) }
        return entries.map { ($0.name, $0.value) }
    }

    /// Whether a header of text can be sent.
    static func isSendable(_ name: String, _ value: String) -> Bool {
        (try? check(Entry(name: name, value: value, isBinary: false))) != nil
    }

    /// Headers that are gRPC's own or that HTTP/2 does not allow.
    private static let reservedNames: Set<String> = [
        "connection", "content-length", "content-type", "host", "keep-alive", "proxy-connection",
        "te", "transfer-encoding", "upgrade", "user-agent",
    ]

    private static func check(_ entry: Entry) throws {
        let name = entry.name
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
        guard isName, !name.isEmpty else {
            throw failure("\"\(name)\" is no name of a header: a-z, 0-9, -, _ and . may be in it.")
        }
        guard !name.hasPrefix("grpc-"), !reservedNames.contains(name) else {
            throw failure("The header \(name) belongs to the protocol and cannot be set.")
        }
        guard name.hasSuffix("-bin") == entry.isBinary else {
            throw failure("The header \(name): names that end in -bin take bytes, others text.")
        }
        let value = entry.value.utf8
        guard value.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), value.first != 0x20,
            value.last != 0x20
        else {
            throw failure(
                "The value of the header \(name) is not printable ASCII, or has blanks around it; "
                    + "send it as bytes under a name that ends in -bin."
            )
        }
    }

    private static func failure(_ message: String) -> VigieError {
        VigieError(
            code: .invalidArgument,
            reason: VigieError.ClientReason.invalidMetadata,
            message: message
        )
    }
}

extension CallMetadata: ExpressibleByDictionaryLiteral {
    /// Makes metadata of names and values.
    ///
    /// - Parameter elements: The headers, in their order.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}

extension CallMetadata: CustomStringConvertible, CustomReflectable {
    /// The names, without the values.
    public var description: String { "CallMetadata(\(names.joined(separator: ", ")))" }

    /// The names, without the values.
    public var customMirror: Mirror { Mirror(self, children: ["names": names]) }
}

// SPDX-License-Identifier: Apache-2.0

// Header lists in nghttp2's form. Those of a successful call never change and
// are made once.

internal import CHTTP2Session

/// The header lists of responses.
enum ResponseHeaders {
    nonisolated(unsafe) static let ok = permanent([
        (":status", "200"), ("content-type", "application/grpc"),
    ])
    /// The same of a call whose messages may be compressed.
    nonisolated(unsafe) static let okPacked = permanent([
        (":status", "200"), ("content-type", "application/grpc"), ("grpc-encoding", "gzip"),
    ])
    nonisolated(unsafe) static let okTrailer = permanent([("grpc-status", "0")])

    /// The fields that carry a status.
    static func fields(of status: GRPCStatus) -> [(String, [UInt8])] {
        var fields = [("grpc-status", Array(String(status.code.rawValue).utf8))]
        if !status.message.isEmpty {
            fields.append(("grpc-message", HeaderText.percentEncoded(status.message)))
        }
        if let details = status.details {
            fields.append(("grpc-status-details-bin", HeaderText.base64Encoded(details)))
        }
        if status.code == .unimplemented {
            // Also the status of a compressed message, whose sender is to be told what is not.
            fields.append(("grpc-accept-encoding", Array("identity,deflate,gzip".utf8)))
        }
        return fields
    }

    /// A list that lives as long as the process; nghttp2 need not copy it.
    private static func permanent(_ fields: [(String, String)]) -> UnsafeBufferPointer<nghttp2_nv> {
        let entries = UnsafeMutableBufferPointer<nghttp2_nv>.allocate(capacity: fields.count)
        let flags = NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue
        for (index, field) in fields.enumerated() {
            let name = copied(field.0)
            let value = copied(field.1)
            entries.initializeElement(
                at: index,
                to: nghttp2_nv(
                    name: name.baseAddress,
                    value: value.baseAddress,
                    namelen: name.count,
                    valuelen: value.count,
                    flags: UInt8(flags)
                )
            )
        }
        return UnsafeBufferPointer(entries)
    }

    private static func copied(_ text: String) -> UnsafeMutableBufferPointer<UInt8> {
        let target = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = target.initialize(from: text.utf8)
        return target
    }
}

/// A header list made for one use.
struct HeaderBlock {
    private var bytes: [UInt8] = []
    private var lengths: [(name: Int, value: Int)] = []

    init(_ fields: [(String, [UInt8])]) {
        for (name, value) in fields {
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: value)
            lengths.append((name.utf8.count, value.count))
        }
    }

    /// Hands the list to `body`, which must copy what it keeps.
    func withEntries(_ body: (UnsafeBufferPointer<nghttp2_nv>) -> Void) {
        var storage = bytes
        storage.withUnsafeMutableBufferPointer { buffer in
            guard var position = buffer.baseAddress else { return }
            var entries: [nghttp2_nv] = []
            for length in lengths {
                let value = position + length.name
                entries.append(
                    nghttp2_nv(
                        name: position,
                        value: value,
                        namelen: length.name,
                        valuelen: length.value,
                        flags: 0
                    )
                )
                position = value + length.value
            }
            entries.withUnsafeBufferPointer(body)
        }
    }
}

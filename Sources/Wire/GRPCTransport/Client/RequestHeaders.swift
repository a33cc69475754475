// SPDX-License-Identifier: Apache-2.0

// Request headers as nghttp2 wants them: pointers to names and values.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

/// Builds the headers of the requests of one connection.
///
/// What is the same for all calls lives as long as this object and is not copied by nghttp2.
final class RequestHeaders {
    private typealias Text = (start: UnsafeMutablePointer<UInt8>, count: Int)

    private var memory: [UnsafeMutablePointer<UInt8>] = []
    private var fixed: [nghttp2_nv] = []
    private var trailing: [nghttp2_nv] = []
    private var paths: [String: nghttp2_nv] = [:]

    /// Methods whose path is kept; far more than the API has.
    private static let keptPathsMax = ClientLimits.knownPaths

    init(authority: String, scheme: String) {
        fixed = [
            kept(":method", "POST"),
            kept(":scheme", scheme),
            kept(":authority", authority),
        ]
        trailing = [
            kept("te", "trailers"),
            kept("content-type", "application/grpc"),
            kept("user-agent", "grpc-swift-vigie/1"),
        ]
    }

    deinit {
        for start in memory { start.deallocate() }
    }

    /// Submits a call's request.
    ///
    /// - Returns: the identifier of its stream, or nghttp2's error.
    func submit(_ call: ClientCall, to session: OpaquePointer?) -> Int32 {
        var text = TemporaryText()
        if let deadline = call.deadline {
            let remaining = max(0, (deadline - .now()).nanoseconds)
            text.append(name: "grpc-timeout", value: CallTimeout.text(nanoseconds: remaining))
        }
        for entry in call.metadata { text.append(name: entry.name, value: entry.value) }
        let pathIsKept = keepPath(call.path)
        if !pathIsKept { text.append(name: ":path", value: call.path) }
        var body = ClientSessionCallbacks.requestBody
        let context = Unmanaged.passUnretained(call).toOpaque()
        return text.withEntries { entries in
            var all = fixed
            // Names that begin with a colon must come before all others.
            all.append(paths[call.path] ?? entries.removeLast())
            all += trailing
            all += entries
            return nghttp2_submit_request(session, nil, all, all.count, &body, context)
        }
    }

    private func keepPath(_ path: String) -> Bool {
        if paths[path] != nil { return true }
        guard paths.count < Self.keptPathsMax else { return false }
        paths[path] = kept(":path", path)
        return true
    }

    private func kept(_ name: String, _ value: String) -> nghttp2_nv {
        let (name, value) = (copy(name), copy(value))
        let flags = NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue
        return nghttp2_nv(
            name: name.start,
            value: value.start,
            namelen: name.count,
            valuelen: value.count,
            flags: UInt8(flags)
        )
    }

    private func copy(_ text: String) -> Text {
        let start = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, text.utf8.count))
        var count = 0
        for byte in text.utf8 {
            start[count] = byte
            count += 1
        }
        memory.append(start)
        return (start, count)
    }
}

/// Names and values of headers of one call, in one piece of memory.
private struct TemporaryText {
    private var bytes: [UInt8] = []
    private var counts: [(name: Int, value: Int)] = []

    mutating func append(name: String, value: String) {
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: value.utf8)
        counts.append((name.utf8.count, value.utf8.count))
    }

    /// Gives the entries with pointers that are valid inside of `body`. They stay out of the table
    /// of HPACK: their values are new with each call and would push out those that are not.
    mutating func withEntries<Result>(_ body: (inout [nghttp2_nv]) -> Result) -> Result {
        let counts = counts
        return bytes.withUnsafeMutableBufferPointer { buffer in
            var entries: [nghttp2_nv] = []
            guard var start = buffer.baseAddress else { return body(&entries) }
            for count in counts {
                let value = start + count.name
                entries.append(
                    nghttp2_nv(
                        name: start,
                        value: value,
                        namelen: count.name,
                        valuelen: count.value,
                        flags: UInt8(NGHTTP2_NV_FLAG_NO_INDEX.rawValue)
                    )
                )
                start = value + count.value
            }
            return body(&entries)
        }
    }
}

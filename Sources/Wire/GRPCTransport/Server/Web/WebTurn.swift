// SPDX-License-Identifier: Apache-2.0

// A plain request over HTTP/1.1 whose turn it is on its connection, and its answer.

internal import NIOCore
internal import NIOHTTP1

/// A request on a connection of HTTP/1.1, and its answer.
final class WebTurn: WebSink {
    /// The connection; nil once the exchange is over.
    private var connection: WebConnection?
    private let isHead: Bool
    private let version: HTTPVersion
    private var isStreaming = false
    var whenOver: (() -> Void)?

    init(_ connection: WebConnection, isHead: Bool, version: HTTPVersion) {
        (self.connection, self.isHead, self.version) = (connection, isHead, version)
    }

    var isOver: Bool { connection == nil }
    var waitingBytes: Int { connection?.waitingBytes ?? 0 }

    func respond(_ head: WebHead, _ body: [UInt8]) {
        guard let connection, !isStreaming else { return }
        connection.send(head.response(version, bodyLength: body.count))
        if !isHead, !body.isEmpty { connection.send(body) }
        finish(connection)
    }

    func begin(_ head: WebHead) {
        guard let connection, !isStreaming else { return }
        guard !isHead else { return respond(head, []) }
        isStreaming = true
        connection.send(head.response(version, bodyLength: nil))
        connection.flush()
    }

    func write(_ bytes: [UInt8]) {
        guard let connection, isStreaming, !bytes.isEmpty else { return }
        connection.send(bytes)
        connection.flush()
    }

    func end() {
        guard let connection, isStreaming else { return }
        finish(connection)
    }

    /// The server stops: who reads on comes back to the next one.
    func drain() {
        if isStreaming { end() }
    }

    /// The connection is gone.
    func connectionEnded() {
        connection = nil
        tellOver()
    }

    private func finish(_ connection: WebConnection) {
        self.connection = nil
        connection.endAnswer()
        tellOver()
    }

    private func tellOver() {
        let told = whenOver
        whenOver = nil
        told?()
    }
}

extension WebHead {
    /// As HTTP/1.1 has it.
    fileprivate func response(_ version: HTTPVersion, bodyLength: Int?) -> HTTPResponseHead {
        var headers = HTTPHeaders(fields.map { ($0.name, $0.value) })
        if let bodyLength { headers.add(name: "content-length", value: "\(bodyLength)") }
        return HTTPResponseHead(
            version: version,
            status: HTTPResponseStatus(statusCode: status),
            headers: headers
        )
    }
}

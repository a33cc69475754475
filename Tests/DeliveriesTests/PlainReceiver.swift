// SPDX-License-Identifier: Apache-2.0

// A receiver on loopback that answers with bytes of a test's own.

import Foundation
import Synchronization

/// Takes one connection after the other, reads what is sent, and writes.
final class PlainReceiver: Sendable {
    /// What is written: parts, again and again if it has no end.
    struct Script: Sendable {
        var first = ""
        var again: String?
        /// Whether the connection stays open behind it.
        var hangs = false
    }

    let port: Int
    private let listener: Int32
    private let requests = Mutex<[String]>([])

    /// What was sent.
    var received: [String] { requests.withLock { $0 } }

    init(_ script: Script) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                serve(connection, script)
                close(connection)
            }
        }
    }

    deinit { close(listener) }

    /// Ends it.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32, _ script: Script) {
        var request = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // All bodies here end so.
        while !request.hasSuffix("}") {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return }
            request += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        requests.withLock { $0.append(request) }
        guard send(connection, script.first) else { return }
        while let again = script.again, send(connection, again) {}
        while script.hangs, read(connection, &buffer, buffer.count) > 0 {}
    }

    private func send(_ connection: Int32, _ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}

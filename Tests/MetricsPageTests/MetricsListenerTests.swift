// SPDX-License-Identifier: Apache-2.0

// The page's clock, with a client by hand.

import Glibc
import MetricsPage
import Telemetry
import Testing
import VigieLimits

@Suite("The listener of the page of metrics") struct MetricsListenerTests {
    /// A socket that listens on loopback, and its address.
    private func listeningSocket() throws -> (descriptor: Int32, address: sockaddr_in) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(onAddress(&address) { bind(descriptor, $0, $1) } == 0)
        try #require(listen(descriptor, 8) == 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try #require(
            onAddress(&address) { address, _ in
                getsockname(descriptor, UnsafeMutablePointer(mutating: address), &length)
            } == 0
        )
        return (descriptor, address)
    }

    private func onAddress(
        _ address: inout sockaddr_in,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    @Test("Who asks byte by byte, and never to the end, is cut: places are few")
    func drippingClient() async throws {
        let page = MetricsPage(methods: [], counters: CounterRegistry(), gauges: [])
        let listener = MetricsListener(page: page, exchangeTimeoutSeconds: 1) { true }
        #expect(MetricsLimits.exchangeTimeoutSeconds > 1)
        var (descriptor, address) = try listeningSocket()
        try await listener.start(on: descriptor)
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(client) }
        try #require(onAddress(&address) { connect(client, $0, $1) } == 0)
        var sentCount = 0
        let filler = String(repeating: "y", count: 300)
        // A second and much time to spare.
        for byte in Array("GET /metrics HTTP/1.1\r\nX: \(filler)".utf8) {
            let flags = Int32(MSG_NOSIGNAL)
            let sent = withUnsafePointer(to: byte) { send(client, $0, 1, flags) }
            if sent != 1 { break }
            sentCount += 1
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(sentCount > 3 && sentCount < 300)
        await listener.stop()
    }
}

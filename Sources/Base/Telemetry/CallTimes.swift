// SPDX-License-Identifier: Apache-2.0

// How the calls of each method ended and how long they took: of one thread, which adds with plain
// loads and stores, as its counters do. A call costs five of them and two looks at the clock:
// some 60 ns.

internal import Synchronization

/// Calls of each method of a server, on one thread. Behind them is a place for methods that it does
/// not have, and the last for a page that is no method.
package final class CallTimes: @unchecked Sendable {
    /// Upper ends of the times that are told apart, in nanoseconds: from what a call of one row
    /// takes to what nobody waits for.
    package static let bounds: [UInt64] = [
        10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000,
        100_000_000, 300_000_000, 1_000_000_000, 3_000_000_000, 10_000_000_000, 30_000_000_000,
        100_000_000_000,
    ]
    /// Codes of gRPC.
    package static let codeCount = 17

    // What stands in a method's place: begun, received, sent, nanoseconds, codes, times.
    private static let codesStart = 4
    private static let boundsStart = codesStart + codeCount
    private static let width = boundsStart + bounds.count + 1

    /// Places behind the methods.
    package static let otherPlaces = 2

    /// Methods, and the places behind them.
    package let placeCount: Int
    private let values: UnsafeMutablePointer<Atomic<UInt64>>

    /// Makes room for the calls of `methodCount` methods.
    package init(methodCount: Int) {
        placeCount = methodCount + Self.otherPlaces
        let count = placeCount * Self.width
        values = .allocate(capacity: count)
        for place in 0..<count { (values + place).initialize(to: Atomic(0)) }
    }

    deinit {
        values.deinitialize(count: placeCount * Self.width)
        values.deallocate()
    }

    /// A call has begun. To be called by the thread that this is of.
    package func begin(_ method: Int) {
        add(method, 0, 1)
    }

    /// A call is over. To be called by the thread that this is of.
    ///
    /// - Parameters:
    ///   - method: Index of the method, or of the page; any other is taken for a method that there
    ///     is not.
    ///   - code: gRPC's code.
    ///   - nanoseconds: How long it took.
    ///   - received: Messages of the client.
    ///   - sent: Messages to it.
    package func end(_ method: Int, code: Int, nanoseconds: UInt64, received: Int, sent: Int) {
        add(method, 1, UInt64(max(received, 0)))
        add(method, 2, UInt64(max(sent, 0)))
        add(method, 3, nanoseconds)
        add(method, Self.codesStart + min(max(code, 0), Self.codeCount - 1), 1)
        add(method, Self.boundsStart + Self.place(of: nanoseconds), 1)
    }

    /// The first bound that a time is within; one more than there are for none.
    static func place(of nanoseconds: UInt64) -> Int {
        var place = 0
        while place < bounds.count, nanoseconds > bounds[place] { place += 1 }
        return place
    }

    private func add(_ method: Int, _ column: Int, _ count: UInt64) {
        let place = method >= 0 && method < placeCount ? method : placeCount - Self.otherPlaces
        let value = values + (place * Self.width + column)
        value.pointee.store(value.pointee.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }

    /// Adds what is known of a method to a sum; on any thread.
    package func add(_ method: Int, to sum: inout CallSums) {
        let row = values + method * Self.width
        func value(_ column: Int) -> UInt64 { row[column].load(ordering: .relaxed) }
        sum.begun &+= value(0)
        sum.received &+= value(1)
        sum.sent &+= value(2)
        sum.nanoseconds &+= value(3)
        for code in sum.codes.indices { sum.codes[code] &+= value(Self.codesStart + code) }
        for place in sum.times.indices { sum.times[place] &+= value(Self.boundsStart + place) }
    }
}

/// The calls of one method, over all threads.
package struct CallSums: Sendable, Equatable {
    /// Calls that began.
    package var begun: UInt64 = 0
    /// Messages of clients.
    package var received: UInt64 = 0
    /// Messages to clients.
    package var sent: UInt64 = 0
    /// What the calls took that are over, in nanoseconds.
    package var nanoseconds: UInt64 = 0
    /// Calls that ended with each code.
    package var codes = [UInt64](repeating: 0, count: CallTimes.codeCount)
    /// Calls whose times are within each bound and above the one before; the last is above all.
    package var times = [UInt64](repeating: 0, count: CallTimes.bounds.count + 1)

    /// No calls.
    package init() {}
}

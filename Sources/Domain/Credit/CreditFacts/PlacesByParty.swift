// SPDX-License-Identifier: Apache-2.0

// Which invoices and credits are a party's: counted, then laid out, in the order of the list.

/// Places in a list, those of one party together.
package struct PlacesByParty: Sendable {
    private let places: [Int32]
    private let starts: [Int32]

    /// Takes how many there are, and whose each is; what is nobody's is left out.
    @inlinable
    @inline(__always)
    package init(_ count: Int, parties: Int, _ party: (Int) -> Int32) {
        var starts = [Int32](repeating: 0, count: parties + 1)
        for place in 0..<count {
            let party = Int(party(place))
            if party >= 0, party < parties { starts[party + 1] &+= 1 }
        }
        for party in 0..<parties { starts[party + 1] &+= starts[party] }
        var places = [Int32](repeating: 0, count: Int(starts[parties]))
        var next = starts
        for place in 0..<count {
            let party = Int(party(place))
            guard party >= 0, party < parties else { continue }
            places[Int(next[party])] = Int32(truncatingIfNeeded: place)
            next[party] &+= 1
        }
        self.init(places: places, starts: starts)
    }

    @usableFromInline
    init(places: [Int32], starts: [Int32]) {
        (self.places, self.starts) = (places, starts)
    }

    /// Those of a party.
    package subscript(party: Int) -> ArraySlice<Int32> {
        guard party >= 0, party + 1 < starts.count else { return [] }
        return places[Int(starts[party])..<Int(starts[party + 1])]
    }
}

// SPDX-License-Identifier: Apache-2.0

// The life of a policy over its versions, as a machine over records: drafts, who wants a version to
// hold and who agrees, from when on, and the ways back. It has no clock and keeps nothing on disk.
//
// Two persons make a version hold, and whoever uploaded it is not the second of them. One is enough
// to take back, to go back to a version before, which two have agreed to, and to stop: whoever
// sees harm done must not have to wait. But what somebody has gone back from, or stopped, comes
// back by two only: the next one who sees harm goes further back, and not to what did harm before.

package import Quantities

/// What has become of a policy.
package struct PolicyLife: Sendable {
    /// A version that holds from a day on.
    package struct Activation: Sendable, Equatable {
        /// The version.
        package let version: String
        /// Its content, which both have agreed to.
        package let contentHash: String
        /// The first day on which it holds.
        package let from: CalendarDate
        /// Who wanted it.
        package let requestedBy: String
        /// Who agreed.
        package let approvedBy: String
    }

    /// What holds from a day on, until another turn comes.
    struct Turn: Sendable, Equatable {
        let from: CalendarDate
        /// nil: nothing, since somebody stopped it.
        let activation: Activation?
        /// Whether one person made it come, by going back.
        var isBack = false
    }

    /// All that was done, in order.
    package private(set) var records: [PolicyRecord] = []
    /// Who uploaded what.
    private var uploads: [PolicyRecord] = []
    /// What the first person wants, by version, until a second one agrees.
    package private(set) var requests: [String: PolicyRecord] = [:]
    private(set) var turns: [Turn] = []

    /// Nothing was done yet.
    package init() {}

    /// Takes a record.
    ///
    /// - Parameter isOld: Whether it was made before: by an older rule one could go back to any
    ///   version that had held, and what was done was done.
    /// - Throws: Why that cannot be done; all then stays as it was.
    package mutating func apply(_ record: PolicyRecord, isOld: Bool = false) throws(Refusal) {
        guard PersonIdentity.key(record.identity) != nil else { throw .nobody }
        if let last = records.last, record.day < last.day { throw .backInTime }
        switch record.action {
        // The same version again is nothing wrong: a server may end between the record and the
        // files.
        case .upload: uploads.append(record)
        case .activate: try request(record)
        case .approve: try approve(record)
        case .withdraw: try withdraw(record)
        case .rollback: try goBack(record, isOld: isOld)
        case .stop:
            try reason(record)
            guard !turns.isEmpty else { throw .holdsNothing }
            guard !isStopped(on: record.day) else { throw .isStopped }
            drop { $0.from > record.day }
            requests = [:]
            turns.append(Turn(from: record.day, activation: nil))
        }
        records.append(record)
    }

    private mutating func request(_ record: PolicyRecord) throws(Refusal) {
        guard let from = record.from else { throw .withoutDay }
        try checkPast(from, record.day)
        if let request = requests[record.version], request.contentHash == record.contentHash {
            throw .isRequested(by: request.identity)
        }
        requests[record.version] = record
    }

    private mutating func approve(_ record: PolicyRecord) throws(Refusal) {
        guard let request = requests[record.version], let from = request.from else {
            throw active(on: record.day)?.version == record.version ? .isActive : .nothingRequested
        }
        guard request.contentHash == record.contentHash else { throw .otherContent }
        guard !PersonIdentity.mayBeOne(record.identity, request.identity) else {
            throw .samePerson
        }
        guard !isAuthor(record) else { throw .isAuthor }
        // What was to begin before the second person came begins when he comes, unless nothing
        // else has held since.
        let first = turns.isEmpty ? from : max(from, record.day)
        requests[record.version] = nil
        turns.append(
            Turn(
                from: first,
                activation: Activation(
                    version: record.version,
                    contentHash: record.contentHash,
                    from: first,
                    requestedBy: request.identity,
                    approvedBy: record.identity
                )
            )
        )
    }

    /// Whether somebody uploaded what he does something with.
    private func isAuthor(_ record: PolicyRecord) -> Bool {
        uploads.contains {
            $0.version == record.version && $0.contentHash == record.contentHash
                && PersonIdentity.mayBeOne($0.identity, record.identity)
        }
    }

    private mutating func withdraw(_ record: PolicyRecord) throws(Refusal) {
        try reason(record)
        let isRequested = requests.removeValue(forKey: record.version) != nil
        let count = turns.count
        drop { $0.from > record.day && $0.activation?.version == record.version }
        guard isRequested || turns.count < count else {
            throw active(on: record.day)?.version == record.version
                ? .holdsAlready : .nothingRequested
        }
    }

    private mutating func goBack(_ record: PolicyRecord, isOld: Bool) throws(Refusal) {
        try reason(record)
        guard !isStopped(on: record.day) else { throw .isStopped }
        let old = isOld ? lastOther(until: record.day, but: []) : nil
        guard let before = old?.version == record.version ? old : before(record.day) else {
            throw .nothingBefore
        }
        guard before.version == record.version else { throw .notTheOneBefore(before.version) }
        guard before.contentHash == record.contentHash else { throw .otherContent }
        turns.append(
            Turn(
                from: record.day,
                activation: Activation(
                    version: before.version,
                    contentHash: before.contentHash,
                    from: record.day,
                    requestedBy: before.requestedBy,
                    approvedBy: before.approvedBy
                ),
                isBack: true
            )
        )
    }

    /// What was decided by on days that are over does not change.
    private func checkPast(_ from: CalendarDate, _ today: CalendarDate) throws(Refusal) {
        guard from < today, !turns.isEmpty else { return }
        throw .isPast
    }

    private func reason(_ record: PolicyRecord) throws(Refusal) {
        guard !record.reason.isEmpty else { throw .withoutReason }
    }

    private mutating func drop(_ isOver: (Turn) -> Bool) {
        turns.removeAll(where: isOver)
    }

    /// Of turns that have come the one that came last; of one day, the one that was made last.
    private func turn(on day: CalendarDate) -> Turn? { turns(until: day).last }

    private func turns(until day: CalendarDate) -> [Turn] {
        turns.enumerated().filter { $0.element.from <= day }
            .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
            .map(\.element)
    }

    /// The version that holds on a day; nil if none does.
    package func active(on day: CalendarDate) -> Activation? { turn(on: day)?.activation }

    /// Whether somebody stopped it, and it still stands still on a day.
    package func isStopped(on day: CalendarDate) -> Bool {
        turn(on: day).map { $0.activation == nil } ?? false
    }

    /// The version to go back to from the one that holds on a day: the last other one that held and
    /// that nobody has gone back from, or stopped, since two agreed to it. Nil if there is none.
    package func before(_ day: CalendarDate) -> Activation? {
        var left: Set<String> = []
        var last: Activation?
        for turn in turns(until: day) {
            if turn.isBack || turn.activation == nil, let last { left.insert(last.version) }
            if !turn.isBack, let version = turn.activation?.version { left.remove(version) }
            last = turn.activation ?? last
        }
        return lastOther(until: day, but: left)
    }

    private func lastOther(until day: CalendarDate, but left: Set<String>) -> Activation? {
        let held = turns(until: day).compactMap(\.activation)
        return held.last { $0.version != held.last?.version && !left.contains($0.version) }
    }

    /// Versions that two have agreed to and that begin after a day, in the order of their days.
    package func planned(after day: CalendarDate) -> [Activation] {
        turns.compactMap(\.activation).filter { $0.from > day }.sorted { $0.from < $1.from }
    }

    /// The first day on which any version holds; nil if none ever does.
    package var firstDay: CalendarDate? { turns.map(\.from).min() }

    /// The version that two have agreed to last; nil if none, or if the policy is stopped.
    package var lastActivation: Activation? { turns.last?.activation }
}

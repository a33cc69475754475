// SPDX-License-Identifier: Apache-2.0

// Memory of work on a call and of its answers, set aside before the work begins: a reader
// who does not come must not make the server grow, and an answer that was computed must
// not be thrown away for want of memory.
//
// A service reserves what scoring and encoding will take, does the work, sends (which draws
// on the reservation first) and releases the rest:
//
//     guard call.reserveAnswer(scratchBytes + answerBytes) else {
//         return call.finish(.noAnswerMemory)       // UNAVAILABLE with RetryInfo
//     }
//     ... work, then call.sendMessage or call.finish ...
//     call.releaseReservedAnswer()
//
// What was sent is held until it is on its way to the socket; the end of a call, whatever
// its reason, releases all that the call holds. Small answers need no reservation.
//
// Cost: an addition and a comparison for each message sent and each that is on its way; two
// atomic additions for each 4 KiB of small answers that wait at a time, and for each
// reservation.

/// What work and answers of one connection hold. Used on its event loop only.
struct AnswerAccount: ~Copyable {
    /// Bytes that are drawn from the budget at a time, for small answers.
    private static let creditBytes = 4 << 10

    private let account: BudgetAccount
    /// Bytes that were drawn and nobody uses.
    private var credit = 0
    /// Bytes that the socket has not taken.
    private(set) var socketBytes = 0

    init(_ budget: MemoryBudget) {
        account = BudgetAccount(budget)
    }

    /// What others want of it.
    var budgetAccount: BudgetAccount { account }

    /// Takes bytes. False when they are not to be had now.
    @inline(__always)
    mutating func reserve(_ byteCount: Int) -> Bool {
        if byteCount <= credit {
            credit -= byteCount
            return true
        }
        return draw(byteCount)
    }

    /// Gives bytes back.
    @inline(__always)
    mutating func release(_ byteCount: Int) {
        credit += byteCount
        if credit > 2 * Self.creditBytes { returnCredit(Self.creditBytes) }
    }

    /// Notes how much waits in the socket: it is on its way and can only be counted.
    mutating func setSocketBytes(_ byteCount: Int) {
        account.force(byteCount - socketBytes)
        socketBytes = byteCount
        // Nothing waits: no credit is kept from others.
        if credit > 0, byteCount == 0 { returnCredit(0) }
    }

    private mutating func draw(_ byteCount: Int) -> Bool {
        let missing = byteCount - credit
        if account.reserve(missing + Self.creditBytes) {
            credit = Self.creditBytes
        } else if account.reserve(missing) {
            credit = 0
        } else {
            return false
        }
        return true
    }

    private mutating func returnCredit(_ kept: Int) {
        account.release(credit - kept)
        credit = kept
    }
}

extension ServerCall {
    /// Sets memory aside for work on the call and for its answer. To be called before the work
    /// begins; several reservations add up.
    ///
    /// - Parameter byteCount: The most that the work and the encoded answer will take together.
    /// - Returns: False when there is no memory now: the call should end with
    ///   `GRPCStatus.noAnswerMemory`. Also false for a call that is over.
    package func reserveAnswer(_ byteCount: Int) -> Bool {
        guard let session, outcome == .open, session.answers.reserve(byteCount) else {
            return false
        }
        reservedBytes += byteCount
        return true
    }

    /// Releases what was reserved and is not needed any more: of an answer that was sent since,
    /// only what it has not used. Does nothing when the call is over, which released it.
    package func releaseReservedAnswer() {
        guard reservedBytes > 0, let session else { return }
        session.answers.release(reservedBytes)
        reservedBytes = 0
    }

    /// Whether there is memory for another message; ends the call if not.
    @inline(__always)
    func mayAppend(_ byteCount: Int, _ owner: Unmanaged<ServerSession>) -> Bool {
        let needed = OutboundQueue.memoryBytes(byteCount)
        if reservedBytes == 0, owner._withUnsafeGuaranteedRef({ $0.answers.reserve(needed) }) {
            return true
        }
        return drawReserved(needed, owner)
    }

    private func drawReserved(_ needed: Int, _ owner: Unmanaged<ServerSession>) -> Bool {
        let missing = needed - min(needed, reservedBytes)
        guard owner._withUnsafeGuaranteedRef({ $0.answers.reserve(missing) }) else {
            finish(.noAnswerMemory)
            return false
        }
        reservedBytes -= needed - missing
        return true
    }
}

extension ServerSession {
    /// Drops messages that were not sent, but what a frame that was begun needs.
    func dropAnswer(of call: ServerCall) {
        if !call.packings.isEmpty { cancelPacking(of: call) }
        let before = call.outbound.heldBytes
        call.outbound.removeAll(keeping: call.announcedBytes)
        answers.release(before - call.outbound.heldBytes)
    }

    /// Releases all that a call holds for its answers: it is over.
    func releaseAnswer(of call: ServerCall) {
        if call.reservedBytes > 0 {
            answers.release(call.reservedBytes)
            call.reservedBytes = 0
        }
        call.announcedBytes = 0
        if call.outbound.heldBytes > 0 || !call.packings.isEmpty { dropAnswer(of: call) }
    }
}

extension GRPCStatus {
    /// The refusal of a call for whose work or answer there is no memory now.
    package static var noAnswerMemory: GRPCStatus {
        .noMemory("answers (answerBytesMax)")
    }
}

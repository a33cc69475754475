// SPDX-License-Identifier: Apache-2.0

// Callers that were told apart before. A token costs a hash, a signature some ten microseconds:
// what was shown once on an event loop is found again by its digest, and on a connection by a
// comparison, for nearly every call shows what the one before showed.

internal import COpenSSL
internal import Callers
internal import Digests

/// Callers of one event loop, by the digests of what they showed.
struct KnownCallers {
    private var callers: [[UInt8]: Caller] = [:]
    /// The gate's, when they were told apart.
    private var generation = 0
    private let countMax: Int

    init(countMax: Int) {
        self.countMax = countMax
    }

    /// Finds a caller, or has the gate tell who it is. Only those that get in are remembered:
    /// what a stranger makes up is not.
    mutating func caller(
        _ credentials: CallCredentials,
        _ gate: any CallGate,
        nowSeconds: Int64
    ) throws(CallRefusal) -> Caller {
        let now = gate.generation
        if generation != now {
            callers.removeAll(keepingCapacity: true)
            generation = now
        }
        // A certificate is found anew with each connection.
        guard !credentials.authorization.isEmpty else { return try gate.caller(credentials) }
        let digest = Digest.sha256(credentials.authorization)
        if let known = callers[digest] {
            if known.isGood(nowSeconds) { return known }
            callers[digest] = nil
        }
        let caller = try gate.caller(credentials)
        if callers.count >= countMax { callers.removeAll(keepingCapacity: true) }
        callers[digest] = caller
        return caller
    }
}

/// Who calls on one connection.
struct SessionCallers {
    /// What the peer proved in the handshake.
    var certificate: PeerCertificate?
    /// What the request that begins shows.
    var authorization: [UInt8] = []
    /// How often it shows it.
    var authorizationCount = 0
    /// Who called last, and what he showed.
    private(set) var last: Caller?
    private var lastAuthorization: [UInt8] = []
    private var lastGeneration = 0
    /// Refusals since somebody got in.
    var refusals = 0

    /// Who called last, if this call shows the same and it still counts.
    func same(generation: Int, nowSeconds: Int64) -> Caller? {
        guard let last, lastGeneration == generation,
            lastAuthorization.count == authorization.count, last.isGood(nowSeconds),
            // Behind a proxy the one before may be somebody else's: not to be guessed by time.
            CRYPTO_memcmp(lastAuthorization, authorization, authorization.count) == 0
        else { return nil }
        return last
    }

    /// Remembers who calls.
    mutating func remember(_ caller: Caller, generation: Int) {
        last = caller
        lastAuthorization = authorization
        lastGeneration = generation
    }
}

extension Caller {
    fileprivate func isGood(_ nowSeconds: Int64) -> Bool {
        endSeconds.map { $0 > nowSeconds } ?? true
    }
}

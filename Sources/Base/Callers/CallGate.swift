// SPDX-License-Identifier: Apache-2.0

// The door of a server, as the transport knows it: credentials in, a caller or a refusal out.

/// What a peer proved in its handshake.
package struct PeerCertificate: Sendable, Hashable {
    /// For whom the certificate is, such as `CN=crm`.
    package let subject: String
    /// Its alternative names, each with its kind: `dns:crm.internal`, `uri:spiffe://example/crm`,
    /// `email:crm@example.com`, `ip:10.0.0.7`.
    package let names: [String]

    /// Makes one.
    package init(subject: String, names: [String]) {
        self.subject = subject
        self.names = names
    }
}

/// What a call shows of who makes it.
package struct CallCredentials: Sendable {
    /// The certificate of its connection, which TLS has verified; nil without one.
    package let certificate: PeerCertificate?
    /// The header `authorization`; empty without one.
    package let authorization: [UInt8]
    /// Who it is as a proxy says that is believed; nil where none says.
    package let vouchedIdentity: String?

    /// Makes credentials.
    package init(
        certificate: PeerCertificate?,
        authorization: [UInt8],
        vouchedIdentity: String? = nil
    ) {
        self.certificate = certificate
        self.authorization = authorization
        self.vouchedIdentity = vouchedIdentity
    }
}

/// Why a call does not get in.
package struct CallRefusal: Error, Sendable, Equatable {
    /// What the caller can do about it.
    package enum Kind: Sendable {
        /// Show who he is.
        case unauthenticated
        /// Nothing: he may not.
        case permissionDenied
    }

    /// The kind.
    package let kind: Kind
    /// A constant for programs, such as "TOKEN_EXPIRED".
    package let reason: String
    /// What is wrong and what to do. Never holds anything of a credential but its owner.
    package let message: String

    /// Makes a refusal.
    package init(_ kind: Kind, _ reason: String, _ message: String) {
        self.kind = kind
        self.reason = reason
        self.message = message
    }
}

/// Tells callers apart. Asked on event loops: it must not wait for anything.
package protocol CallGate: Sendable {
    /// Another number than before when a credential that was good may no longer be.
    var generation: Int { get }

    /// Who calls with these credentials.
    func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller

    /// Who it is, by what is known now, whose call is open. His token was good when it began: that
    /// its time is over since is nothing.
    func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller

    /// The refusal of a method that a caller may not call.
    func refusal(of caller: Caller, path: String) -> CallRefusal
}

// SPDX-License-Identifier: Apache-2.0

// Why something was not sent, in words that tell nothing of whom to.

internal import CCurl

/// Why no answer came.
package enum SendFailure: String, Error, Sendable, CaseIterable {
    /// The name of the receiver has no address now.
    case noAddress = "no_address"
    /// The receiver has an address that is not called.
    case refusedAddress = "refused_address"
    /// Nobody takes a connection there.
    case notReached = "not_reached"
    /// The time was over before an answer came.
    case tooSlow = "too_slow"
    /// The receiver is not who it should be, or cannot do TLS.
    case notTrusted = "not_trusted"
    /// What came was no answer, or one without end.
    case noAnswer = "no_answer"
    /// The relay does not take the user and the password.
    case notLoggedIn = "not_logged_in"
    /// What is to be sent cannot be: a key is another one, a setting is missing.
    case notMade = "not_made"

    /// What is wrong, in a few words.
    package var words: String {
        switch self {
        case .noAddress: "its name has no address"
        case .refusedAddress: "it has an address that is not called"
        case .notReached: "it could not be reached"
        case .tooSlow: "it did not answer in time"
        case .notTrusted: "TLS: it is not trusted, or has none"
        case .noAnswer: "what it answered is no answer"
        case .notLoggedIn: "the relay does not take user and password"
        case .notMade: "the message could not be made: look at the settings of the server"
        }
    }

    init(_ code: CURLcode) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .noAddress
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: self = .notReached
        case CURLE_OPERATION_TIMEDOUT: self = .tooSlow
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            self = .notTrusted
        case CURLE_LOGIN_DENIED: self = .notLoggedIn
        case CURLE_SSL_CACERT_BADFILE, CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT,
            CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN:
            self = .notMade
        // Among them "unsupported protocol", which is said of answers that are not of HTTP.
        default: self = .noAnswer
        }
    }
}

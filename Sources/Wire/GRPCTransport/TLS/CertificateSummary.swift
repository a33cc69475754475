// SPDX-License-Identifier: Apache-2.0

// What people are told of a certificate: for whom, by whom, from when to when.

internal import COpenSSL
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What is known of one certificate.
package struct CertificateSummary: Sendable {
    /// A point in time.
    package struct Time: Sendable {
        /// Seconds since 1970.
        package let seconds: Int64
        /// The time in UTC, such as `2026-06-30 12:00 UTC`.
        package let text: String
    }

    /// For whom it is, such as `CN=localhost`.
    package let subject: String
    /// Who signed it.
    package let issuer: String
    /// The names and addresses it is for, in one line; empty when it has none.
    package let names: String
    /// When it begins.
    package let begin: Time
    /// When it ends.
    package let end: Time

    /// Bytes of a name that are shown: it is a stranger's.
    private static let shownBytesMax = ClientLimits.shownNameBytes

    /// Reads all certificates of a PEM file, the owner's first.
    ///
    /// - Throws: `TLSError` that says why it cannot be read.
    package static func read(_ path: String) throws(TLSError) -> [CertificateSummary] {
        try CertificateSource.file(path).certificates("the certificate").map {
            CertificateSummary($0.pointer)
        }
    }

    init(_ certificate: OpaquePointer) {
        subject = Self.text(of: X509_get_subject_name(certificate))
        issuer = Self.text(of: X509_get_issuer_name(certificate))
        begin = Self.time(X509_get0_notBefore(certificate))
        end = Self.time(X509_get0_notAfter(certificate))
        var names = ""
        let index = X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1)
        if index >= 0, let found = X509_get_ext(certificate, index) {
            names = Self.printed { X509V3_EXT_print($0, found, 0, 0) }
                .replacing("DNS:", with: "").replacing("IP Address:", with: "")
        }
        self.names = names
        ERR_clear_error()
    }

    private static func time(_ time: UnsafePointer<ASN1_TIME>?) -> Time {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else {
            return Time(seconds: 0, text: "an unknown time")
        }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        let text = "\(day) \(two(parts.tm_hour)):\(two(parts.tm_min)) UTC"
        return Time(seconds: Int64(timegm(&parts)), text: text)
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let name else { return "" }
        // As RFC 2253 writes names, with UTF-8 as it is.
        let flags =
            ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT
            | XN_FLAG_SEP_COMMA_PLUS
        return printed { X509_NAME_print_ex($0, name, 0, UInt(flags)) }
    }

    /// What OpenSSL prints, cut and without control characters.
    private static func printed(_ print: (OpaquePointer) -> Int32) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        guard print(bio) > 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: shownBytesMax)
        let count = BIO_read(bio, &bytes, Int32(shownBytesMax))
        let isCut = BIO_ctrl_pending(bio) > 0
        let shown = bytes.prefix(max(0, Int(count))).map { $0 < 0x20 || $0 == 0x7F ? 0x3F : $0 }
        return String(decoding: shown, as: UTF8.self) + (isCut ? "…" : "")
    }
}

// SPDX-License-Identifier: Apache-2.0

// Where certificates and keys come from: a file or memory. What cannot be used
// says why, in words that lead to the mend.

internal import COpenSSL
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Where a certificate or a key is.
package enum CertificateSource: Sendable, Hashable {
    /// A file in PEM form.
    case file(String)
    /// PEM form, in memory.
    case pem([UInt8])
    /// DER form, in memory: each certificate, or the key alone.
    case der([[UInt8]])

    /// Where it is, for messages.
    package var place: String {
        switch self {
        case .file(let path): path
        case .pem: "the PEM bytes given"
        case .der: "the DER bytes given"
        }
    }

    /// The bytes in PEM form.
    func pemBytes(_ what: String) throws(TLSError) -> [UInt8] {
        switch self {
        case .file(let path): try Self.read(path, what)
        case .pem(let bytes): bytes
        case .der: []
        }
    }

    /// Reads a whole file, a pipe too.
    private static func read(_ path: String, _ what: String) throws(TLSError) -> [UInt8] {
        func failure(_ why: String) -> TLSError {
            .unusable("cannot read \(what) from \(path): \(why)")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(SystemErrorText.file(errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Self.readPart(descriptor, &part)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure(SystemErrorText.file(errno))
            }
            if count == 0 { break }
            bytes += part[..<count]
            guard bytes.count <= TransportLimits.certificateFileBytesMax else {
                throw failure("it is longer than \(TransportLimits.certificateFileBytesMax) bytes")
            }
        }
        guard !bytes.isEmpty else { throw failure("it is empty") }
        return bytes
    }

    #if canImport(Glibc)
        private static func readPart(_ descriptor: Int32, _ part: inout [UInt8]) -> Int {
            Glibc.read(descriptor, &part, part.count)
        }
    #else
        private static func readPart(_ descriptor: Int32, _ part: inout [UInt8]) -> Int {
            Musl.read(descriptor, &part, part.count)
        }
    #endif
}

/// A certificate of OpenSSL's, owned.
final class OwnedCertificate {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }
}

/// A private key of OpenSSL's, owned.
final class OwnedKey {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}

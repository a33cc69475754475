// SPDX-License-Identifier: Apache-2.0

// The names of the files of a directory.

internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Files of certificates.
enum CertificateFiles {
    /// The names in a directory, in their order, without hidden ones.
    static func names(in directory: String) throws(TLSError) -> [String] {
        guard let stream = opendir(directory) else {
            throw .unusable("cannot read \(directory): \(SystemErrorText.file(errno))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            guard names.count < TransportLimits.certificateDirectoryFilesMax else {
                throw .unusable(
                    "\(directory) has more than \(TransportLimits.certificateDirectoryFilesMax) "
                        + "files"
                )
            }
            names.append(name)
        }
        return names.sorted()
    }
}

using Tributary.Core.Text;

namespace Tributary.Connectors.Ssh;

/// <summary>What sftp says on its way out, told apart for the user: what waiting heals, what a human must mend, what is not there.</summary>
internal static class SftpFailure
{
    public static Exception From(int status, string errors, Sftp destination)
    {
        var place = $"{destination.Host}:{destination.Port}";
        if (Says("REMOTE HOST IDENTIFICATION HAS CHANGED") || Says("Host key verification failed") || Says("host key is known for"))
        {
            return new UserErrorException(ErrorCodes.HostKeyChanged, destination.At, $"{place} shows a key that is not among `host_keys` of destination '{destination.Name}'. Nothing was sent.",
                "Somebody may stand in between, or the server was set up anew: ask its operator for the new public key before you change host_keys.");
        }
        if (Says("Permission denied (") || Says("Too many authentication failures") || Says("Load key"))
        {
            return new UserErrorException(ErrorCodes.LoginRefused, destination.At, $"{place} does not let {destination.User} in with this key.",
                Says("Load key") ? "The key cannot be read: it must be whole, and without a passphrase." : "Give the server's operator the public key, or correct `user:` and `key:`.");
        }
        if (status == 255 || Says("Connection closed") || Says("Connection reset") || Says("Broken pipe") || Says("Couldn't read packet") || Says("lost connection"))
            return new TransientException($"{place} {Lost()}.");
        if (Says("Permission denied")) return new IOException($"{place} does not allow it: {Last()}.");
        if (Says("No such file or directory") || Says("not found")) return new FileNotFoundException($"{place} has no such file or folder: {Last()}.");
        if (Says("No space left") || Says("Quota exceeded")) return new IOException($"{place} has no room left: {Last()}.");
        return new IOException($"{place} refused it: {Last()}.");

        bool Says(string words) => errors.Contains(words, StringComparison.OrdinalIgnoreCase);

        string Last() => errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) is { } line
            ? Excerpt.Of(line.TrimEnd('.')) : $"sftp ended with status {status}";

        string Lost() => Says("Connection refused") ? "refuses connections: no SSH server listens there"
            : Says("Could not resolve") ? "cannot be found: its name is not known"
            : Says("not responding") ? $"fell silent, and was given up after {destination.Timeout.TotalSeconds:0} s"
            : Says("timed out") ? "does not answer"
            : Says("No route to host") || Says("unreachable") ? "cannot be reached"
            : $"broke the connection off ({Last()})";
    }
}

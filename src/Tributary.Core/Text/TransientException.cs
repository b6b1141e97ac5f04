namespace Tributary.Core.Text;

/// <summary>The network, a lock or a server is in the way for now; the Runner retries it with backoff. Exit status 3 when it stays.</summary>
public sealed class TransientException(string message, Exception? cause = null) : Exception(message, cause);

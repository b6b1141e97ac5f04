using System.Net;
using System.Net.Http.Json;
using System.Net.Mail;
using Tributary.Core.Jobs;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Alerts;

/// <summary>Hands an alert to all that are configured; throws <see cref="TransientException"/> when one of them does not take it.</summary>
public sealed class AlertSender(AlertsConfig config) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };

    public async Task SendAsync(Alert alert, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(alert);
        try
        {
            if (config.Webhook is { } address) await PostAsync(address, alert, cancel);
            if (config.Mail is { } mail) await MailAsync(mail, alert, cancel);
        }
        catch (Exception refused) when (refused is HttpRequestException or SmtpException or IOException || (refused is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // The message of the library may hold the address, which is a secret.
            throw new TransientException($"An alert was not taken ({refused.GetType().Name}); it is sent again.");
        }
    }

    private async Task PostAsync(Secret address, Alert alert, CancellationToken cancel)
    {
        var body = new { text = alert.Title, project = alert.Project, target = alert.Target, subject = alert.Subject, state = alert.State, message = alert.Message, since = alert.Since };
        using var answer = await client.PostAsJsonAsync(new Uri(address.Reveal()), body, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task MailAsync(MailConfig mail, Alert alert, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        using var server = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.Tls };
        if (mail.User is not null) server.Credentials = new NetworkCredential(mail.User, mail.Password?.Reveal());
        using var message = new MailMessage { From = new MailAddress(mail.From), Subject = alert.Title.ReplaceLineEndings(" "), Body = $"{alert.Message}\n\nSince {alert.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}. `tributary status` shows more.\n" };
        foreach (var address in mail.To) message.To.Add(new MailAddress(address));
        await server.SendMailAsync(message, late.Token);
    }

    public void Dispose() => client.Dispose();
}

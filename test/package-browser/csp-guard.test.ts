import {expect} from '@open-wc/testing';
import {captureProblems, guarded, isWatched} from '../setup/csp-guard.js';

const rejection = async (run: () => Promise<void>): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'did not reject';
};

function addInlineStyle(): void {
  const style = document.createElement('style');
  style.textContent = 'body { color: red }';
  document.head.append(style);
  style.remove();
}

describe('the guard of the test pages', () => {
  it('watches every test', function () {
    expect(isWatched(this.test)).to.equal(true);
  });

  it('watches tests with a callback', function (done) {
    expect(isWatched(this.test)).to.equal(true);
    setTimeout(done);
  });

  it('works on a page with the policy that the documentation promises', async () => {
    const {headers} = await fetch(location.href);
    expect(headers.get('content-security-policy')).to.equal(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "require-trusted-types-for 'script'; trusted-types lit-html",
    );
  });

  it('records what the policy forbids', async () => {
    const found = await captureProblems(() => {
      addInlineStyle();
      document.createElement('div').setAttribute('style', 'color: red');
      const image = document.createElement('img');
      image.src = 'https://images.example/x.png';
    });
    expect(found.map(({kind}) => kind)).to.deep.equal(['policy', 'policy', 'policy']);
    const directives = found.map(({reason}) => (reason as SecurityPolicyViolationEvent).effectiveDirective);
    expect(directives).to.have.members(['style-src-elem', 'style-src-attr', 'img-src']);
  });

  it('records requests to other servers', async () => {
    const found = await captureProblems(async () => {
      await fetch('https://server.example/').catch(() => undefined);
    });
    expect(found[0]?.message).to.contain('connect-src');
  });

  it('records strings where trusted types are asked for', async () => {
    const {trustedTypes: factory} = window as {trustedTypes?: {createPolicy(name: string, rules: object): unknown}};
    const found = await captureProblems(() => {
      expect(() => {
        document.createElement('div').innerHTML = '<b>no</b>';
      }).to.throw(TypeError);
      expect(() => factory?.createPolicy('other', {})).to.throw(TypeError);
    });
    const directives = found.map(({reason}) => (reason as SecurityPolicyViolationEvent).effectiveDirective);
    expect(directives).to.have.members(['require-trusted-types-for', 'trusted-types']);
  });

  it('records evaluated code', async () => {
    const found = await captureProblems(() => {
      expect(() => void (0, eval)('1')).to.throw(EvalError);
    });
    expect(found.length).to.be.greaterThan(0);
    expect(found.every(({kind}) => kind === 'policy')).to.equal(true);
  });

  it('records escaped errors and rejections with what was thrown', async () => {
    const error = new Error('escaped');
    const reason = new Error('unhandled');
    const found = await captureProblems(() => {
      reportError(error);
      void Promise.reject(reason);
    });
    expect(found.map((problem) => problem.kind)).to.deep.equal(['error', 'rejection']);
    expect(found[0]?.reason).to.equal(error);
    expect(found[1]?.reason).to.equal(reason);
  });

  it('records a ResizeObserver loop', async () => {
    const box = document.createElement('div');
    document.body.append(box);
    let width = 10;
    const observer = new ResizeObserver(() => {
      box.style.width = `${(width += 1)}px`;
    });
    const found = await captureProblems(async () => {
      observer.observe(box);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      observer.disconnect();
    });
    box.remove();
    expect(found.length).to.be.greaterThan(0);
    expect(found[0]?.message).to.contain('ResizeObserver loop');
  });

  it('fails the test in which a problem occurs', async () => {
    expect(await rejection(guarded(addInlineStyle))).to.contain('style-src');
    expect(await rejection(guarded(() => reportError(new Error('escaped'))))).to.contain('escaped');
  });

  it('keeps the failure of the test itself', async () => {
    const fail = (): never => {
      throw new Error('asserted');
    };
    expect(await rejection(guarded(fail))).to.equal('asserted');
    const failTwice = (): void => {
      reportError(new Error('escaped'));
      fail();
    };
    expect(await rejection(guarded(failTwice))).to.match(/escaped[^]*asserted/);
  });

  it('leaves a good test alone', async () => {
    await guarded(() => undefined)();
    expect(await captureProblems(() => undefined)).to.deep.equal([]);
  });
});

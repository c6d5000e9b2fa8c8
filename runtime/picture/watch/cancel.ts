// What a cancel button does in the page. JupyterLab gives the scripts of an output no way to reach the kernel, so this
// opens the server's web socket for a moment, as any client does, and a comm on it. Elsewhere the button says it
// cannot.

import { variable } from '#host/process';

/** The attributes that make the table's buttons work. */
export function cancelAttributes(target: string, watch: string): Readonly<Record<string, string>> {
  const kernel = variable('COKERNEL_KERNEL_ID') ?? '';
  return {
    // The table may be replaced between press and release of a button, which would lose the click: the press counts.
    onpointerdown: `if(event.button===0)(${press.toString()}).call(this,event,${JSON.stringify({ target, watch, kernel })})`,
    // A key causes a click without a press.
    onclick: 'if(event.detail===0)this.onpointerdown({target:event.target,button:0})',
  };
}

// Kept as text because it runs in the page: it may refer only to its arguments and to what a browser has.
const press = {
  toString: () => `function(event,to){
var button=event.target.closest('button[data-task]');if(!button||button.disabled)return;
var say=function(word,why){button.textContent=word;button.title=why;button.setAttribute('aria-label',why)};
var config=document.getElementById('jupyter-config-data');
if(!config||!to.kernel){say('not here','Cancelling needs JupyterLab; elsewhere call task.cancel().');return}
config=JSON.parse(config.textContent);button.disabled=true;say('sent','The kernel was asked to cancel it');
var id=function(){return crypto.randomUUID?crypto.randomUUID():String(Math.random()).slice(2)},session=id(),comm=id(),over=false;
var origin=config.wsUrl||location.origin.replace(/^http/,'ws')+(config.baseUrl||'/');
var socket=new WebSocket(origin.replace(/\\/?$/,'/')+'api/kernels/'+to.kernel+'/channels?session_id='+session+(config.token?'&token='+encodeURIComponent(config.token):''));
var end=function(word,why){if(over)return;over=true;if(word)say(word,why);socket.close()};
socket.onerror=function(){end('not live','This table is no longer live: its kernel is gone.')};
socket.onmessage=function(message){
if(typeof message.data!=='string'||message.data.indexOf(comm)<0)return;
var got=JSON.parse(message.data);if(got.msg_type!=='comm_close')return;
if(got.content.data&&got.content.data.cancelled)end();
else end('not live','This table is no longer live: the task is done, or the kernel was restarted.')};
socket.onopen=function(){
var header={msg_id:id(),msg_type:'comm_open',username:'',session:session,date:new Date().toISOString(),version:'5.3'};
var content={comm_id:comm,target_name:to.target,data:{watch:to.watch,task:Number(button.dataset.task)}};
socket.send(JSON.stringify({header:header,parent_header:{},metadata:{},content:content,buffers:[],channel:'shell'}));
setTimeout(function(){end('no answer','The kernel did not answer: it may be busy.')},10000)}}`,
};
